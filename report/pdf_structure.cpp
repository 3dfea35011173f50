#include "report/pdf_structure.hpp"

#include "report/node_places.hpp"
#include "report/pdf_syntax.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace legwork::report {
namespace {
constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

/// Content of an element: a mark on a page, or a Link element around one.
struct Content {
  std::size_t sequence;  ///< when it is painted, over all pages
  std::size_t page;
  int mcid;
  std::optional<std::size_t> link;  ///< index into Tree::links_
};

struct Element {
  int number = 0;
  std::vector<Content> contents;      // as painted
  std::vector<std::size_t> children;  // as declared
  std::size_t first = never;          // when the first content of it or below is painted
};

struct Link {
  int number;
  int annotation;  ///< 0 where the target does not exist
  std::size_t page;
  int mcid;
  Node node;
};

class Tree {
 public:
  Tree(const Pages& pages, std::vector<DrawnPage>& drawn, PdfObjects& objects);
  StructureRoots add();

 private:
  void collect_contents();
  std::size_t add_link(std::size_t page, int mcid, const LinkArea& area);
  std::optional<std::string> destination(Node node) const;
  std::optional<std::string> action(const std::string& target) const;
  std::string kids(const Element& element, std::size_t own_page) const;
  std::string attributes(Node node) const;
  void fill_elements();
  void fill_links();
  int add_parent_tree();
  int add_outline();
  std::string page_reference(std::size_t page) const { return reference(drawn_[page].number); }

  const Pages& pages_;
  std::vector<DrawnPage>& drawn_;
  PdfObjects& objects_;
  std::vector<std::optional<NodePlace>> places_;
  int root_, document_;
  std::vector<Element> elements_;  // one for each of Pages::structure
  std::vector<std::size_t> top_;   // children of the document
  std::vector<Link> links_;
};

Tree::Tree(const Pages& pages, std::vector<DrawnPage>& drawn, PdfObjects& objects)
    : pages_(pages),
      drawn_(drawn),
      objects_(objects),
      places_(node_places(pages)),
      root_(objects.reserve()),
      document_(objects.reserve()),
      elements_(pages.structure.size()) {
  for (std::size_t i = 0; i < elements_.size(); ++i) {
    elements_[i].number = objects.reserve();
    const Node parent = pages.structure[i].parent;
    (parent == artifact ? top_ : elements_[static_cast<std::size_t>(parent)].children).push_back(i);
  }
}

void Tree::collect_contents() {
  std::size_t sequence = 0;
  for (std::size_t page = 0; page < drawn_.size(); ++page) {
    const auto& marks = drawn_[page].content.marks;
    for (std::size_t mcid = 0; mcid < marks.size(); ++mcid, ++sequence) {
      const auto [node, link] = marks[mcid];
      Content content{sequence, page, static_cast<int>(mcid), std::nullopt};
      if (link >= 0) {
        const auto& area = drawn_[page].content.links[static_cast<std::size_t>(link)];
        content.link = add_link(page, content.mcid, area);
      }
      auto& element = elements_[static_cast<std::size_t>(node)];
      element.first = std::min(element.first, sequence);
      element.contents.push_back(content);
    }
  }
  for (std::size_t i = elements_.size(); i-- > 0;) {  // a parent stands before its children
    for (const auto child : elements_[i].children) {
      elements_[i].first = std::min(elements_[i].first, elements_[child].first);
    }
  }
}

std::optional<std::string> Tree::destination(Node node) const {
  if (node < 0 || static_cast<std::size_t>(node) >= places_.size()) return std::nullopt;
  const auto& place = places_[static_cast<std::size_t>(node)];
  if (!place) return std::nullopt;
  std::string out = "[" + page_reference(place->page) + " /XYZ ";
  append_number(out, place->box.left.pt());
  out += ' ';
  append_number(out, (pages_.pages[place->page].height - place->box.top).pt());
  return out + " null]";
}

/// What following a link does: "#12" leads to a node of this document.
std::optional<std::string> Tree::action(const std::string& target) const {
  if (target.front() != '#') return "/A <</S /URI /URI " + byte_string(target) + ">>";
  Node node = artifact;
  std::from_chars(target.data() + 1, target.data() + target.size(), node);
  const auto place = destination(node);
  return place ? std::optional("/Dest " + *place) : std::nullopt;
}

std::size_t Tree::add_link(std::size_t page, int mcid, const LinkArea& area) {
  Link link{objects_.reserve(), 0, page, mcid, area.node};
  if (const auto leads = action(area.target)) {
    const auto key = drawn_.size() + links_.size();  // in the parent tree, after the pages
    link.annotation = objects_.add("/Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect " +
                                   rectangle(area.box, pages_.pages[page].height) + " /Contents " +
                                   text_string(area.text) + " /StructParent " +
                                   std::to_string(key) + ' ' + *leads);
    drawn_[page].annotations.push_back(link.annotation);
  }
  links_.push_back(link);
  return links_.size() - 1;
}

/// The kids of an element in reading order: its children as declared, its own content where it is
/// painted between theirs.
std::string Tree::kids(const Element& element, std::size_t own_page) const {
  std::string out;
  auto content = element.contents.begin();
  const auto add_contents_before = [&](std::size_t sequence) {
    for (; content != element.contents.end() && content->sequence < sequence; ++content) {
      if (content->link) {
        out += reference(links_[*content->link].number);
      } else if (content->page == own_page) {
        append_integer(out, content->mcid);
      } else {
        out += "<</Type /MCR /Pg " + page_reference(content->page) + " /MCID " +
               std::to_string(content->mcid) + ">>";
      }
      out += ' ';
    }
  };
  for (const auto child : element.children) {
    if (elements_[child].first != never) add_contents_before(elements_[child].first);
    out += reference(elements_[child].number) + ' ';
  }
  add_contents_before(never);
  return out;
}

std::string Tree::attributes(Node node) const {
  const auto& element = pages_.structure[static_cast<std::size_t>(node)];
  const auto& place = places_[static_cast<std::size_t>(node)];
  std::string out;
  if (!element.alternative.empty()) out += " /Alt " + text_string(element.alternative);
  if (!element.language.empty()) out += " /Lang " + byte_string(element.language);
  if (!element.scope.empty()) out += " /A <</O /Table /Scope " + name(element.scope) + ">>";
  if (element.type == "Figure" && place) {
    out += " /A <</O /Layout /Placement /Block /BBox " +
           rectangle(place->box, pages_.pages[place->page].height) + ">>";
  }
  return out;
}

void Tree::fill_elements() {
  Element document;
  document.children = top_;
  objects_.fill(document_,
                "/S /Document /P " + reference(root_) + " /K [" + kids(document, never) + "]");
  for (std::size_t i = 0; i < elements_.size(); ++i) {
    const auto& [type, parent, alternative, language, scope, bookmark] = pages_.structure[i];
    const int above =
        parent == artifact ? document_ : elements_[static_cast<std::size_t>(parent)].number;
    std::string body = "/S " + name(type) + " /P " + reference(above);
    const bool has_content = !elements_[i].contents.empty();
    const std::size_t page = has_content ? elements_[i].contents.front().page : never;
    if (has_content) body += " /Pg " + page_reference(page);
    body += attributes(static_cast<Node>(i));
    if (const auto inner = kids(elements_[i], page); !inner.empty()) body += " /K [" + inner + "]";
    objects_.fill(elements_[i].number, std::move(body));
  }
}

void Tree::fill_links() {
  for (const auto& link : links_) {
    std::string body = "/S /Link /P " +
                       reference(elements_[static_cast<std::size_t>(link.node)].number) + " /Pg " +
                       page_reference(link.page) + " /K [" + std::to_string(link.mcid);
    if (link.annotation != 0) body += " <</Type /OBJR /Obj " + reference(link.annotation) + ">>";
    objects_.fill(link.number, body + "]");
  }
}

/// From a mark, or an annotation, to the element that it belongs to.
int Tree::add_parent_tree() {
  std::string numbers;
  std::size_t link = 0;
  for (std::size_t page = 0; page < drawn_.size(); ++page) {
    numbers += std::to_string(page) + " [";
    for (const auto& mark : drawn_[page].content.marks) {
      const int owner = mark.link >= 0 ? links_[link++].number
                                       : elements_[static_cast<std::size_t>(mark.node)].number;
      numbers += reference(owner) + ' ';
    }
    numbers += "]\n";
  }
  for (std::size_t i = 0; i < links_.size(); ++i) {
    numbers += std::to_string(drawn_.size() + i) + ' ' + reference(links_[i].number) + ' ';
  }
  return objects_.add("/Nums [" + numbers + "]");
}

int Tree::add_outline() {
  std::vector<std::size_t> marked;
  for (std::size_t i = 0; i < elements_.size(); ++i) {
    if (!pages_.structure[i].bookmark.empty() && places_[i]) marked.push_back(i);
  }
  if (marked.empty()) return 0;
  const int outline = objects_.reserve();
  std::vector<int> numbers;
  for (std::size_t i = 0; i < marked.size(); ++i) numbers.push_back(objects_.reserve());
  for (std::size_t i = 0; i < marked.size(); ++i) {
    std::string body = "/Title " + text_string(pages_.structure[marked[i]].bookmark) + " /Parent " +
                       reference(outline) + " /Dest " + *destination(static_cast<Node>(marked[i]));
    if (i > 0) body += " /Prev " + reference(numbers[i - 1]);
    if (i + 1 < marked.size()) body += " /Next " + reference(numbers[i + 1]);
    objects_.fill(numbers[i], std::move(body));
  }
  objects_.fill(outline, "/Type /Outlines /First " + reference(numbers.front()) + " /Last " +
                             reference(numbers.back()) + " /Count " +
                             std::to_string(numbers.size()));
  return outline;
}

StructureRoots Tree::add() {
  collect_contents();
  fill_elements();
  fill_links();
  const int parent_tree = add_parent_tree();
  objects_.fill(root_, "/Type /StructTreeRoot /K " + reference(document_) + " /ParentTree " +
                           reference(parent_tree) + " /ParentTreeNextKey " +
                           std::to_string(drawn_.size() + links_.size()));
  return {root_, add_outline()};
}
}  // namespace

StructureRoots add_structure(const Pages& pages, std::vector<DrawnPage>& drawn,
                             PdfObjects& objects) {
  return Tree(pages, drawn, objects).add();
}
}  // namespace legwork::report
