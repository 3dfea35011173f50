#include "report/pdf_structure.hpp"

#include "report/pdf_form.hpp"
#include "report/pdf_outline.hpp"
#include "report/pdf_syntax.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace legwork::report {
namespace {
constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

/// Content of an element: a mark on a page, or an element of its own around a link or a field.
struct Content {
  std::size_t sequence;  ///< when it is painted, over all pages
  std::size_t page;
  int mcid;     ///< of a mark
  int element;  ///< 0 for a mark
};

struct Element {
  int number = 0;
  std::vector<Content> contents;      // as painted
  std::vector<std::size_t> children;  // as declared
  std::size_t first = never;          // when the first content of it or below is painted
};

/// A Link or a Form: an element of its own, since it holds an annotation.
struct Annotated {
  std::string_view type;
  int number;
  int annotation;  ///< 0 for a link whose target does not exist
  std::size_t page;
  std::optional<int> mcid;  ///< of the text that a link has
  Node node;
};

std::vector<int> numbers_of(const std::vector<DrawnPage>& drawn) {
  std::vector<int> numbers;
  for (const auto& page : drawn) numbers.push_back(page.number);
  return numbers;
}

class Tree {
 public:
  Tree(const Pages& pages, std::vector<DrawnPage>& drawn, PdfObjects& objects);
  StructureRoots add();

 private:
  void collect_contents();
  void add_content(Node node, Content content);
  int add_link(std::size_t page, int mcid, const LinkArea& area);
  int add_field(std::size_t page, const PlacedField& field);
  std::size_t next_key() const { return drawn_.size() + annotated_.size(); }
  std::optional<std::string> action(const std::string& target) const;
  std::string kids(const Element& element, std::size_t own_page) const;
  std::string attributes(Node node) const;
  void fill_elements();
  void fill_annotated();
  int add_parent_tree();
  int number_of(Node node) const { return elements_[static_cast<std::size_t>(node)].number; }
  std::string page_reference(std::size_t page) const { return reference(drawn_[page].number); }

  const Pages& pages_;
  std::vector<DrawnPage>& drawn_;
  PdfObjects& objects_;
  Destinations destinations_;
  Form form_;
  int root_, document_;
  std::vector<Element> elements_;     // one for each of Pages::structure
  std::vector<std::size_t> top_;      // children of the document
  std::vector<std::string> owners_;   // of the marks of each page
  std::vector<Annotated> annotated_;  // their keys in the parent tree follow those of the pages
};

Tree::Tree(const Pages& pages, std::vector<DrawnPage>& drawn, PdfObjects& objects)
    : pages_(pages),
      drawn_(drawn),
      objects_(objects),
      destinations_(pages, numbers_of(drawn)),
      form_(objects),
      root_(objects.reserve()),
      document_(objects.reserve()),
      elements_(pages.structure.size()),
      owners_(drawn.size()) {
  for (std::size_t i = 0; i < elements_.size(); ++i) {
    elements_[i].number = objects.reserve();
    const Node parent = pages.structure[i].parent;
    (parent == artifact ? top_ : elements_[static_cast<std::size_t>(parent)].children).push_back(i);
  }
}

void Tree::collect_contents() {
  std::size_t sequence = 0;
  for (std::size_t page = 0; page < drawn_.size(); ++page) {
    const auto& content = drawn_[page].content;
    const auto& marks = content.marks;
    const auto& links = content.links;
    const auto& fields = content.fields;
    auto field = fields.begin();
    const auto add_fields_before = [&](std::size_t mcid) {
      for (; field != fields.end() && field->marks_before <= mcid; ++field) {
        const int element = add_field(page, *field->field);
        add_content(field->field->node, {sequence++, page, 0, element});
      }
    };
    for (std::size_t i = 0; i < marks.size(); ++i) {
      add_fields_before(i);
      const int mcid = static_cast<int>(i), link = marks[i].link;
      const int element =
          link < 0 ? 0 : add_link(page, mcid, links[static_cast<std::size_t>(link)]);
      add_content(marks[i].node, {sequence++, page, mcid, element});
      owners_[page] += reference(element != 0 ? element : number_of(marks[i].node)) + ' ';
    }
    add_fields_before(marks.size());
  }
  for (std::size_t i = elements_.size(); i-- > 0;) {  // a parent stands before its children
    for (const auto child : elements_[i].children) {
      elements_[i].first = std::min(elements_[i].first, elements_[child].first);
    }
  }
}

void Tree::add_content(Node node, Content content) {
  auto& element = elements_[static_cast<std::size_t>(node)];
  element.first = std::min(element.first, content.sequence);
  element.contents.push_back(content);
}

/// What following a link does: "#12" leads to a node of this document.
std::optional<std::string> Tree::action(const std::string& target) const {
  if (target.front() != '#') return "/A <</S /URI /URI " + byte_string(target) + ">>";
  Node node = artifact;
  std::from_chars(target.data() + 1, target.data() + target.size(), node);
  const auto place = destinations_.find(node);
  return place ? std::optional("/Dest " + *place) : std::nullopt;
}

int Tree::add_link(std::size_t page, int mcid, const LinkArea& area) {
  Annotated link{"Link", objects_.reserve(), 0, page, mcid, area.node};
  if (const auto leads = action(area.target)) {
    link.annotation = objects_.add("/Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect " +
                                   rectangle(area.box, pages_.pages[page].height) + " /Contents " +
                                   text_string(area.text) + " /StructParent " +
                                   std::to_string(next_key()) + ' ' + *leads);
    drawn_[page].annotations.push_back(link.annotation);
  }
  annotated_.push_back(link);
  return link.number;
}

int Tree::add_field(std::size_t page, const PlacedField& field) {
  Annotated box{"Form", objects_.reserve(), 0, page, std::nullopt, field.node};
  box.annotation = form_.add(field, pages_.pages[page].height, next_key());
  drawn_[page].annotations.push_back(box.annotation);
  annotated_.push_back(box);
  return box.number;
}

/// The kids of an element in reading order: its children as declared, its own content where it is
/// painted between theirs.
std::string Tree::kids(const Element& element, std::size_t own_page) const {
  std::string out;
  auto content = element.contents.begin();
  const auto add_contents_before = [&](std::size_t sequence) {
    for (; content != element.contents.end() && content->sequence < sequence; ++content) {
      if (content->element != 0) {
        out += reference(content->element);
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
  const auto& place = destinations_.place(node);
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
    const int above = parent == artifact ? document_ : number_of(parent);
    std::string body = "/S " + name(type) + " /P " + reference(above);
    const bool has_content = !elements_[i].contents.empty();
    const std::size_t page = has_content ? elements_[i].contents.front().page : never;
    if (has_content) body += " /Pg " + page_reference(page);
    body += attributes(static_cast<Node>(i));
    if (const auto inner = kids(elements_[i], page); !inner.empty()) body += " /K [" + inner + "]";
    objects_.fill(elements_[i].number, std::move(body));
  }
}

void Tree::fill_annotated() {
  for (const auto& one : annotated_) {
    std::string body = "/S " + name(one.type) + " /P " + reference(number_of(one.node)) + " /Pg " +
                       page_reference(one.page) + " /K [";
    if (one.mcid) append_integer(body, *one.mcid);
    if (one.annotation != 0) body += " <</Type /OBJR /Obj " + reference(one.annotation) + ">>";
    objects_.fill(one.number, body + "]");
  }
}

/// From a mark, or an annotation, to the element that it belongs to.
int Tree::add_parent_tree() {
  std::string numbers;
  for (std::size_t page = 0; page < drawn_.size(); ++page) {
    numbers += std::to_string(page) + " [" + owners_[page] + "]\n";
  }
  for (std::size_t i = 0; i < annotated_.size(); ++i) {
    numbers += std::to_string(drawn_.size() + i) + ' ' + reference(annotated_[i].number) + ' ';
  }
  return objects_.add("/Nums [" + numbers + "]");
}

StructureRoots Tree::add() {
  collect_contents();
  fill_elements();
  fill_annotated();
  const int parent_tree = add_parent_tree();
  objects_.fill(root_, "/Type /StructTreeRoot /K " + reference(document_) + " /ParentTree " +
                           reference(parent_tree) + " /ParentTreeNextKey " +
                           std::to_string(next_key()));
  return {root_, add_outline(pages_, destinations_, objects_), form_.fields()};
}
}  // namespace

StructureRoots add_structure(const Pages& pages, std::vector<DrawnPage>& drawn,
                             PdfObjects& objects) {
  return Tree(pages, drawn, objects).add();
}
}  // namespace legwork::report
