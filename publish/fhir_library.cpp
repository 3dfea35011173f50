#include "publish/fhir_names.hpp"
#include "publish/fhir_parts.hpp"

namespace legwork::publish {
namespace {
using causes::Pack;

constexpr std::string_view type = "Library";

Json artifact(const char* kind, const std::string& label, const std::string& display,
              const std::string& citation, const std::string& url) {
  return Json::Object{
      {"type", kind}, {"label", label}, {"display", display}, {"citation", citation}, {"url", url}};
}
}  // namespace

Resource library(const Pack& pack, const std::vector<Resource>& others) {
  const auto& from = pack.provenance;
  const std::string id = fhir_id(from.pack_id);
  Json::Array artifacts{artifact("citation", "article", "", from.article, "")};
  for (const causes::Source& source : pack.sources) {
    artifacts.push_back(artifact("citation", source.id, source.short_name,
                                 source.title + " (verified: " + source.verified + ')',
                                 source.url));
  }
  // The source attributes of an evidence-based decision support intervention.
  for (const auto& [name, text] : from.attributes) {
    artifacts.push_back(artifact("documentation", name, text, "", ""));
  }
  for (const Resource& other : others) {
    artifacts.push_back(
        Json::Object{{"type", "depends-on"}, {"resource", other.url + '|' + from.pack_version}});
  }

  const std::string not_for =
      pack.out_of_scope.empty() ? "" : "Not meant for: " + pack.out_of_scope;
  auto body =
      definition(pack, type, id, from.pack_title, {from.disclaimer, pack.intended_use, not_for});
  body.push_back(
      {"type",
       Json::Object{{"coding", Json::Array{Json::Object{
                                   {"system", "http://terminology.hl7.org/CodeSystem/library-type"},
                                   {"code", "asset-collection"}}}}}});
  body.push_back({"description", from.disclaimer});
  body.push_back({"purpose", pack.intended_use});
  body.push_back({"usage", not_for});
  body.push_back({"relatedArtifact", artifacts});
  return {std::string(type), id, url_of(pack, type, id), body};
}
}  // namespace legwork::publish
