#include "report/document_entries.hpp"

#include <algorithm>
#include <map>

// A section that a template describes itself is first flattened: repetitions become their entries,
// conditions fall away. What is left are texts, items and rows, each with the entry that fills it.

namespace legwork::report {
namespace {
std::string filled(std::string_view text, const Fields& fields) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto open = text.find('{', at);
    result += text.substr(at, open - at);
    if (open == text.npos) break;
    const auto close = text.find('}', open);
    if (const auto field = fields.find(text.substr(open + 1, close - open - 1));
        field != fields.end())
      result += field->second;
    at = close + 1;
  }
  return result;
}

/// What a template's own sections are filled from; each collection is made once.
class Source {
 public:
  explicit Source(const Material& material) : material_(material) {
    const auto& assessment = material.assessment;
    document_.fields = {
        {"born", assessment.patient.birth ? date_words(material.words, *assessment.patient.birth)
                                          : material.words["patient.birth-missing"]},
        {"date", day_words(material.words, assessment.as_of)},
        {"name", surname_first(material.words, material.form.language, assessment.patient)},
        {"title", assessment.provenance.complaint_title}};
  }

  const Entry& document() const { return document_; }

  std::vector<const Entry*> find(const Query& query) {
    auto [all, made] = collections_.try_emplace(query.over);
    if (made) all->second = entries_of(material_, query.over);
    std::vector<const Entry*> found;
    for (const auto& entry : all->second) {
      if (!query.id.empty() && query.id != entry.id) continue;
      const bool has_status =
          query.status.empty() ||
          std::any_of(entry.statuses.begin(), entry.statuses.end(), [&](std::string_view status) {
            return std::find(query.status.begin(), query.status.end(), status) !=
                   query.status.end();
          });
      if (has_status) found.push_back(&entry);
    }
    return found;
  }

 private:
  const Material& material_;
  Entry document_;
  std::map<Collection, std::vector<Entry>> collections_;
};

/// An element that is shown, and what fills it.
struct Shown {
  const Element* element;
  const Entry* entry;
};

void flatten(const std::vector<Element>& elements, const Entry& entry, Source& source,
             std::vector<Shown>& shown) {
  for (const auto& element : elements) {
    if (element.kind == Element::Kind::repeat) {
      for (const auto* each : source.find(element.query))
        flatten(element.children, *each, source, shown);
    } else if (element.kind == Element::Kind::when) {
      if (source.find(element.query).empty() == element.absent)
        flatten(element.children, entry, source, shown);
    } else {
      shown.push_back({&element, &entry});
    }
  }
}

Tone tone_of(Element::Style style) {
  switch (style) {
    case Element::Style::strong:
      return Tone::strong;
    case Element::Style::quiet:
      return Tone::quiet;
    case Element::Style::alarm:
      return Tone::alarm;
    default:
      return Tone::plain;
  }
}

Text words_of(const Element& element, const Entry& entry) {
  return {{filled(element.text, entry.fields), tone_of(element.style)}};
}

Cell cell_of(const Material& material, const Element& cell, const Entry& entry) {
  if (cell.figure == Element::Figure::range) return range_bar(material.words, *entry.lab);
  if (cell.figure == Element::Figure::trend) return trend(material.words, *entry.lab);
  return TextCell{words_of(cell, entry)};
}

Block table_of(const Material& material, const std::vector<Shown>& shown) {
  Table table;
  for (const auto& [element, entry] : shown) {
    if (element->kind == Element::Kind::column) {
      table.columns.push_back({element->text, element->width});
      continue;
    }
    Row row;
    for (const auto& cell : element->children) row.cells.push_back(cell_of(material, cell, *entry));
    if (const auto* first = std::get_if<TextCell>(&row.cells.front()))
      row.name = words_in(first->text);
    table.rows.push_back(std::move(row));
  }
  table.more = more_words(material.words, "own.more");
  return table;
}

Block list_of(const Material& material, const Element& list, const std::vector<Shown>& shown) {
  List result;
  if (list.style == Element::Style::numbers) result.signs = List::Signs::numbers;
  if (list.style == Element::Style::boxes) result.signs = List::Signs::boxes;
  for (const auto& [item, entry] : shown) result.items.push_back(words_of(*item, *entry));
  result.more = more_words(material.words, "own.more");
  return result;
}

/// Whether a block shows anything: a table may have found no row, a list no item.
bool is_empty(const Block& block) {
  if (const auto* table = std::get_if<Table>(&block)) return table->rows.empty();
  if (const auto* list = std::get_if<List>(&block)) return list->items.empty();
  return false;
}

/// The section of an element; texts that follow each other share one.
void add(const Material& material, const Shown& shown, Source& source,
         std::vector<Section>& sections) {
  const auto& [element, entry] = shown;
  std::vector<Shown> inside;
  flatten(element->children, *entry, source, inside);
  Block block;
  switch (element->kind) {
    case Element::Kind::text:
      if (!sections.empty())
        if (auto* above = std::get_if<Paragraphs>(&sections.back().block))
          return above->texts.push_back(words_of(*element, *entry));
      block = Paragraphs{{words_of(*element, *entry)}};
      break;
    case Element::Kind::list:
      block = list_of(material, *element, inside);
      break;
    case Element::Kind::table:
      block = table_of(material, inside);
      break;
    default:
      block =
          medications_section(material).block;  // the timeline, the only figure that stands alone
  }
  if (is_empty(block)) return;
  Section section{SectionId::own, "", "", std::move(block)};
  section.limit = element->limit;
  section.goes_on = !sections.empty();
  sections.push_back(std::move(section));
}
}  // namespace

std::vector<Section> own_sections(const Material& material, const OwnSection& own) {
  Source source(material);
  std::vector<Shown> shown;
  flatten(own.elements, source.document(), source, shown);
  std::vector<Section> sections;
  for (const auto& element : shown) add(material, element, source, sections);
  if (sections.empty()) return sections;
  sections.front().heading = filled(own.heading, source.document().fields);
  sections.front().note = filled(own.note, source.document().fields);
  for (auto& section : sections)
    if (auto* list = std::get_if<List>(&section.block))
      list->id = own.name + "-" + std::to_string(&section - sections.data() + 1);
  return sections;
}

std::vector<std::string> filled(const Material& material, const std::vector<std::string>& lines) {
  const Source source(material);
  std::vector<std::string> result;
  for (const auto& line : lines) result.push_back(filled(line, source.document().fields));
  return result;
}
}  // namespace legwork::report
