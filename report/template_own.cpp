#include "report/template_own.hpp"

#include "report/template_query.hpp"

#include "base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace legwork::report {
namespace {
using Kind = Element::Kind;

/// An element, what it may stand in, and what it may carry.
struct ElementRule {
  std::string_view name;
  Kind kind;
  std::string_view parents;     ///< "repeat" and "when" count as what they stand in
  std::string_view attributes;  ///< separated by spaces
};
constexpr std::array rules = {
    ElementRule{"text", Kind::text, "section", "tone"},
    ElementRule{"list", Kind::list, "section", "signs limit"},
    ElementRule{"item", Kind::item, "list", ""},
    ElementRule{"table", Kind::table, "section", "limit"},
    ElementRule{"column", Kind::column, "table", "width"},
    ElementRule{"row", Kind::row, "table", ""},
    ElementRule{"cell", Kind::cell, "row", "tone"},
    ElementRule{"figure", Kind::figure, "section cell", "kind"},
    ElementRule{"repeat", Kind::repeat, "section list table", "over status id"},
    ElementRule{"when", Kind::when, "section list table", "some no status id"},
};

template <class Value>
struct Choice {
  std::string_view name;
  Value value;
};
constexpr std::array tones = {Choice<Element::Style>{"plain", Element::Style::plain},
                              Choice<Element::Style>{"strong", Element::Style::strong},
                              Choice<Element::Style>{"quiet", Element::Style::quiet},
                              Choice<Element::Style>{"alarm", Element::Style::alarm}};
constexpr std::array signs = {Choice<Element::Style>{"bullets", Element::Style::bullets},
                              Choice<Element::Style>{"numbers", Element::Style::numbers},
                              Choice<Element::Style>{"boxes", Element::Style::boxes}};
constexpr std::array cell_figures = {Choice<Element::Figure>{"range", Element::Figure::range},
                                     Choice<Element::Figure>{"trend", Element::Figure::trend}};
constexpr std::array section_figures = {
    Choice<Element::Figure>{"timeline", Element::Figure::timeline}};

/// Where an element stands.
struct Place {
  std::string_view in;                        ///< "section", "list", "table", "row", "cell"
  std::string_view fields = document_fields;  ///< known in braces
  const CollectionKind* over = nullptr;       ///< of the repetition around it
};

class OwnReader {
 public:
  explicit OwnReader(Faults& faults) : faults_(faults) {}

  std::vector<Element> children(const pugi::xml_node& parent, const Place& place);
  std::string words(const pugi::xml_node& node, const Place& place);

 private:
  std::optional<Element> element(const pugi::xml_node& node, const Place& place);
  void read_attributes(const pugi::xml_node& node, const Place& place, Element& element);
  Place inside(const pugi::xml_node& node, const Element& element, const Place& place);
  void read_repeat(const pugi::xml_node& node, const Place& place, Element& element);
  void read_cell(const pugi::xml_node& node, const Place& place, Element& cell);
  void check_table(const pugi::xml_node& node, const Element& table);

  template <class Value, std::size_t n>
  void choose(const pugi::xml_node& node, const char* attribute,
              const std::array<Choice<Value>, n>& choices, Value& value);
  void fault(const pugi::xml_node& node, std::string what) {
    faults_.add(ErrorKind::malformed, node, std::move(what));
  }

  Faults& faults_;
};

template <class Value, std::size_t n>
void OwnReader::choose(const pugi::xml_node& node, const char* attribute,
                       const std::array<Choice<Value>, n>& choices, Value& value) {
  const std::string_view word = node.attribute(attribute).value();
  std::vector<std::string_view> names;
  for (const auto& choice : choices) {
    if (choice.name == word) {
      value = choice.value;
      return;
    }
    names.push_back(choice.name);
  }
  fault(node, fmt::format("{} '{}' of <{}> is not known here; use {}", attribute, word, node.name(),
                          fmt::join(names, ", ")));
}

std::string OwnReader::words(const pugi::xml_node& node, const Place& place) {
  const std::string text(trim(node.text().get()));
  const auto what = fmt::format("<{}>", node.name());
  if (text.empty())
    faults_.add(ErrorKind::missing, node, what + " is empty; write its words, or remove it");
  faults_.check_braces(node, text, what, place.fields);
  return text;
}

void OwnReader::read_repeat(const pugi::xml_node& node, const Place& place, Element& element) {
  if (place.over)
    return fault(node, "<repeat> stands inside a <repeat>; close the outer one before");
  element.query = read_query(node, "over", faults_);
}

void OwnReader::read_attributes(const pugi::xml_node& node, const Place& place, Element& element) {
  switch (element.kind) {
    case Kind::text:
      if (node.attribute("tone")) choose(node, "tone", tones, element.style);
      break;
    case Kind::list:
      element.style = Element::Style::bullets;
      if (node.attribute("signs")) choose(node, "signs", signs, element.style);
      element.limit = faults_.limit(node);
      break;
    case Kind::table:
      element.limit = faults_.limit(node);
      break;
    case Kind::column:
      if (place.over) fault(node, "<column> stands inside a <repeat>; put it before");
      element.width = node.attribute("width").as_double(1);
      if (!(element.width >= 0.1 && element.width <= 100))
        fault(node,
              "width of <column> is not between 0.1 and 100; it is in proportion to the "
              "other columns");
      break;
    case Kind::figure:
      choose(node, "kind", section_figures, element.figure);
      break;
    case Kind::repeat:
      read_repeat(node, place, element);
      break;
    case Kind::when: {
      const bool none = !node.attribute("no").empty();
      if (none == !node.attribute("some").empty())
        return fault(node, "<when> needs either some=\"…\" or no=\"…\"; name one collection");
      element.absent = none;
      element.query = read_query(node, none ? "no" : "some", faults_);
      break;
    }
    default:
      break;
  }
}

/// What a cell holds: words, or a figure of the result that its row is about.
void OwnReader::read_cell(const pugi::xml_node& node, const Place& place, Element& cell) {
  if (node.attribute("tone")) choose(node, "tone", tones, cell.style);
  const auto figure = node.child("figure");
  if (!figure) {
    cell.text = trim(node.text().get());  // an empty cell is room to write in
    return faults_.check_braces(node, cell.text, "<cell>", place.fields);
  }
  choose(figure, "kind", cell_figures, cell.figure);
  if (!place.over || place.over->collection != Collection::results)
    fault(figure, fmt::format("a {} shows a result; put its row into <repeat over=\"results\">",
                              figure.attribute("kind").value()));
}

/// Every row of a table must have a cell for each column, or columns would slip.
void OwnReader::check_table(const pugi::xml_node& node, const Element& table) {
  const auto columns = std::count_if(table.children.begin(), table.children.end(),
                                     [](const Element& e) { return e.kind == Kind::column; });
  if (columns == 0) fault(node, "<table> has no <column>; name its columns first");
  for (const auto& row : node.select_nodes(".//row")) {
    const auto cells =
        std::distance(row.node().children("cell").begin(), row.node().children("cell").end());
    if (columns > 0 && cells != columns)
      fault(row.node(),
            fmt::format("<row> has {} cells for {} columns; write one for each", cells, columns));
  }
}

Place OwnReader::inside(const pugi::xml_node& node, const Element& element, const Place& place) {
  auto result = place;
  if (element.kind == Kind::repeat) {
    for (const auto& collection : collection_kinds())
      if (collection.name == node.attribute("over").value()) {
        result.over = &collection;
        result.fields = collection.fields;
      }
  } else if (element.kind != Kind::when) {
    result.in = node.name();
  }
  return result;
}

std::optional<Element> OwnReader::element(const pugi::xml_node& node, const Place& place) {
  const std::string_view name = node.name();
  const auto rule = std::find_if(rules.begin(), rules.end(), [&](const ElementRule& candidate) {
    return candidate.name == name && has_word(candidate.parents, place.in);
  });
  if (rule == rules.end()) {
    std::vector<std::string_view> names;
    for (const auto& candidate : rules)
      if (has_word(candidate.parents, place.in)) names.push_back(candidate.name);
    fault(node, fmt::format("<{}> does not belong into a {}; use {}", name, place.in,
                            fmt::join(names, ", ")));
    return {};
  }
  for (const auto& attribute : node.attributes())
    if (!has_word(rule->attributes, attribute.name()))
      fault(node, fmt::format("attribute '{}' of <{}> is not known; it has {}", attribute.name(),
                              name, rule->attributes.empty() ? "none" : rule->attributes));
  Element result;
  result.kind = rule->kind;
  read_attributes(node, place, result);
  switch (result.kind) {
    case Kind::text:
    case Kind::item:
    case Kind::column:
      result.text = words(node, place);
      break;
    case Kind::cell:
      read_cell(node, place, result);
      break;
    case Kind::figure:
      break;
    default:
      result.children = children(node, inside(node, result, place));
  }
  if (result.kind == Kind::table) check_table(node, result);
  return result;
}

std::vector<Element> OwnReader::children(const pugi::xml_node& parent, const Place& place) {
  std::vector<Element> result;
  for (const auto& node : parent.children()) {
    const std::string_view name = node.name();
    const bool title =
        std::string_view(parent.name()) == "section" && (name == "heading" || name == "note");
    if (node.type() == pugi::node_element && !title) {
      if (auto read = element(node, place)) result.push_back(std::move(*read));
    } else if (node.type() == pugi::node_pcdata && !trim(node.value()).empty()) {
      fault(parent,
            fmt::format("<{}> holds words of its own; put them into an element", parent.name()));
    }
  }
  return result;
}
}  // namespace

OwnSection read_own_section(const pugi::xml_node& section, Faults& faults) {
  OwnReader reader(faults);
  const Place place{"section"};
  OwnSection result;
  if (const auto heading = section.child("heading")) result.heading = reader.words(heading, place);
  if (const auto note = section.child("note")) result.note = reader.words(note, place);
  result.elements = reader.children(section, place);
  if (!section.find_child([](const auto& child) { return child.type() == pugi::node_element; }))
    faults.add(ErrorKind::missing, section,
               "<section> has neither id nor elements; name one of legwork's sections by id, or "
               "write what yours holds");
  return result;
}
}  // namespace legwork::report
