#include "report/arrangement.hpp"

#include <algorithm>

namespace legwork::report {
std::vector<const Section*> arranged(const Document& document) {
  std::vector<const Section*> sections;
  for (const auto& page : document.pages)
    for (const auto& section : page) sections.push_back(&section);
  const auto callout = std::find_if(sections.begin(), sections.end(), [](const Section* section) {
    return std::holds_alternative<Callout>(section->block);
  });
  const auto after_patient = std::find_if(sections.begin(), callout, [](const Section* section) {
    return section->id != SectionId::patient;
  });
  if (callout != sections.end()) std::rotate(after_patient, callout, callout + 1);
  return sections;
}

std::string heading_of(const Section& section) {
  const auto* callout = std::get_if<Callout>(&section.block);
  return callout && section.heading.empty() ? callout->heading : section.heading;
}
}  // namespace legwork::report
