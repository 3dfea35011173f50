#include "report/document_sections.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
using causes::MedicationLine;

/// When the drug was started, seen from the onset: the sign of a cause is in this order.
std::string against_onset(const Material& material, const MedicationLine& drug) {
  const auto& words = material.words;
  const auto& onset = material.assessment.complaint.onset;
  if (!drug.start) return words["medications.start-unknown"];
  if (!onset) return words["medications.onset-unknown"];
  if (drug.start->last >= onset->first && drug.start->first <= onset->last)
    return words["medications.at-onset"];
  const bool before = drug.start->last < onset->first;
  const auto days = before ? onset->first - drug.start->last : drug.start->first - onset->last;
  return words.fill(before ? "medications.before-onset" : "medications.after-onset",
                    {{"interval", interval_words(words, static_cast<int>(days.count()))}});
}

std::string use(const Material& material, const MedicationLine& drug) {
  const auto& words = material.words;
  if (drug.in_use) return words["medications.in-use"];
  if (!drug.end) return words["medications.not-in-use"];
  return words.fill("medications.ended", {{"date", date_words(words, *drug.end)}});
}

Row medication_row(const Material& material, const MedicationLine& drug) {
  const auto& words = material.words;
  std::vector<std::string> linked;
  for (const auto& id : drug.causes)
    if (const auto cause = material.causes.find(id); cause != material.causes.end())
      linked.emplace_back(cause->second);
  Row row;
  row.cells.push_back(TextCell{{{drug.name, Tone::strong}}, {{drug.drug_class, Tone::quiet}}, {}});
  row.cells.push_back(TextCell{{{drug.dose.empty() ? words["medications.no-dose"] : drug.dose,
                                 drug.dose.empty() ? Tone::quiet : Tone::plain}},
                               {},
                               {}});
  row.cells.push_back(
      TextCell{{{drug.start ? date_words(words, *drug.start) : words["medications.not-recorded"]}},
               {{use(material, drug), Tone::quiet}}});
  row.cells.push_back(TextCell{{{against_onset(material, drug), Tone::strong}}});
  row.cells.push_back(
      TextCell{{{linked.empty() ? words["medications.no-link"] : list_words(words, linked, 3),
                 Tone::quiet}}});
  row.name = drug.name;
  return row;
}
}  // namespace

Section medications_section(const Material& material) {
  const auto& assessment = material.assessment;
  const auto& words = material.words;
  if (assessment.medication_entries == 0)
    return absent(material, SectionId::medications, "medications.no-list");
  if (assessment.medications.empty()) {
    auto section = absent(material, SectionId::medications, "medications.none-relevant");
    section.block =
        Absence{words.count("medications.none-relevant", assessment.medication_entries)};
    return section;
  }
  Table table;
  table.columns = {{words["medications.name"], 126},
                   {words["medications.dose"], 70},
                   {words["medications.start"], 92},
                   {words["medications.onset"], 112},
                   {words["medications.cause"], 115}};
  for (const auto& drug : assessment.medications)
    table.rows.push_back(medication_row(material, drug));
  table.more = more_words(words, "medications.more");
  auto section = titled(material, SectionId::medications);
  section.block = std::move(table);
  section.note = words.count("medications.note", assessment.medication_entries);
  return section;
}
}  // namespace legwork::report
