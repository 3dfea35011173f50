#include "publish/fhir_export.hpp"

#include "publish/fhir_parts.hpp"

#include <algorithm>
#include <iterator>

namespace legwork::publish {
FhirExport export_fhir(const causes::Pack& pack) {
  std::vector<Resource> others{plan(pack), questionnaire(pack)};
  for (auto& more : {activities(pack), value_sets(pack)}) {
    others.insert(others.end(), more.begin(), more.end());
  }
  FhirExport made;
  made.r4.push_back(library(pack, others));
  std::ranges::move(others, std::back_inserter(made.r4));
  made.r5 = drug_effects(pack);
  return made;
}

Json bundle(const std::vector<Resource>& resources) {
  Json::Array entries;
  for (const Resource& resource : resources) {
    entries.push_back(Json::Object{{"fullUrl", resource.url}, {"resource", resource.body}});
  }
  return Json::Object{{"resourceType", "Bundle"}, {"type", "collection"}, {"entry", entries}};
}
}  // namespace legwork::publish
