#include "report/document_sections.hpp"

#include <algorithm>

namespace legwork::report {
Section notes_section(const Material& material) {
  const auto& words = material.words;
  constexpr std::size_t in_full = 6;
  std::vector<const fhir::Note*> notes;
  for (const auto& note : material.assessment.notes) notes.push_back(&note);
  std::stable_partition(notes.begin(), notes.end(), [](const fhir::Note* note) {
    return note->severity == fhir::Note::Severity::warning;
  });
  Text text = {{words["notes.heading"], Tone::strong}};
  if (notes.empty()) text.push_back({" " + words["notes.none"]});
  for (std::size_t i = 0; i < notes.size() && i < in_full; ++i)
    text.push_back(
        {words.fill("notes.note", {{"reference", notes[i]->reference}, {"text", notes[i]->text}})});
  if (notes.size() > in_full)
    text.push_back({words.count("notes.more", notes.size() - in_full), Tone::strong});
  return {SectionId::notes, "", "", SmallPrint{{std::move(text)}, false}};
}

Section basis_section(const Material& material) {
  const auto& words = material.words;
  const auto& from = material.assessment.provenance;
  SmallPrint print{{}, true};
  print.paragraphs.push_back(
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
  Text attributes;
  for (const auto& [name, text] : from.attributes) {
    attributes.push_back({(attributes.empty() ? "" : " ") + name + ":", Tone::strong});
    attributes.push_back({" " + text});
  }
  if (!attributes.empty()) print.paragraphs.push_back(std::move(attributes));
  print.paragraphs.push_back({{words["basis.limits"], Tone::strong}, {" " + from.disclaimer}});
  return {SectionId::basis, "", "", std::move(print)};
}

Section sign_off_section(const Material& material) {
  return {SectionId::sign_off, "", "",
          SignOff{{material.words["sign-off.reviewer"], material.words["sign-off.date"]}}};
}
}  // namespace legwork::report
