#include "report/document_sections.hpp"

#include <algorithm>

namespace legwork::report {
Section notes_section(const Material& material) {
  const auto& words = material.words;
  std::vector<const fhir::Note*> notes;
  for (const auto& note : material.assessment.notes) notes.push_back(&note);
  std::stable_partition(notes.begin(), notes.end(), [](const fhir::Note* note) {
    return note->severity == fhir::Note::Severity::warning;
  });
  if (notes.empty()) return absent(material, SectionId::notes, "notes.none");
  Lines lines;
  for (const auto* note : notes) {
    Text line;
    if (!note->reference.empty()) line.push_back({note->reference + " ", Tone::strong});
    line.push_back({note->text});
    lines.lines.push_back(std::move(line));
  }
  lines.more = more_words(words, "notes.more");
  auto section = titled(material, SectionId::notes);
  section.block = std::move(lines);
  return section;
}

Section basis_section(const Material& material) {
  const auto& words = material.words;
  const auto& from = material.assessment.provenance;
  Lines lines;
  lines.all = true;
  lines.lines.push_back(
      {{words["basis.record"], Tone::strong},
       {words.fill("basis.resources", {{"read", std::to_string(from.resources_read)},
                                       {"used", std::to_string(from.resources_used)},
                                       {"unreadable", std::to_string(from.resources_unreadable)}})},
       {" "},
       {words["basis.rules"], Tone::strong},
       {words.fill(
           "basis.pack",
           {{"title", from.pack_title}, {"id", from.pack_id}, {"version", from.pack_version}})},
       {" "},
       {words["basis.article"], Tone::strong},
       {" " + from.article}});
  lines.lines.push_back({{words["basis.limits"], Tone::strong}, {" " + from.disclaimer}});
  return {SectionId::basis, "", "", std::move(lines), {}};
}

Section sign_off_section(const Material& material) {
  return {SectionId::sign_off, "", "",
          SignOff{{material.words["sign-off.reviewer"], material.words["sign-off.date"]}}};
}
}  // namespace legwork::report
