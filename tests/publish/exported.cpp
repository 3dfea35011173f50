#include "tests/publish/exported.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace legwork::tests {
using publish::FhirExport;
using publish::Json;
using publish::Resource;

const causes::Pack& heavy_legs() {
  static const causes::Pack pack = read(pack_files("packs/heavy-legs"));
  return pack;
}

FhirExport exported(const causes::Pack& pack) { return publish::export_fhir(pack); }

std::vector<const Resource*> all(const FhirExport& made, const std::string& type) {
  std::vector<const Resource*> found;
  for (const Resource& resource : made.r4) {
    if (resource.type == type) found.push_back(&resource);
  }
  return found;
}

const Resource& find(const FhirExport& made, const std::string& type, const std::string& id) {
  for (const Resource* resource : all(made, type)) {
    if (resource->id == id) return *resource;
  }
  FAIL("there is no " << type << '/' << id);
  return made.r4.front();
}

Resource only(const FhirExport& made, const std::string& type) {
  const auto found = all(made, type);
  REQUIRE(found.size() == 1);
  return *found.front();
}

std::string text_of(const Json& object, const std::string& name) {
  const Json* member = object.find(name);
  return member == nullptr ? std::string{} : member->text();
}

std::map<std::string, Json> actions_by_id(const Json& plan) {
  std::map<std::string, Json> found;
  const Json* actions = plan.find("action");
  if (actions == nullptr) return found;
  for (const Json& action : actions->values()) {
    if (const auto id = text_of(action, "id"); !id.empty()) {
      CAPTURE(id);
      CHECK(found.emplace(id, action).second);
    }
    found.merge(actions_by_id(action));
  }
  return found;
}

std::vector<std::string> canonicals_in(const Json& value) {
  std::vector<std::string> found;
  const auto add = [&](const Json& part) {
    for (auto& canonical : canonicals_in(part)) found.push_back(std::move(canonical));
  };
  for (const auto& member : value.members()) {
    if (member.name != "url" && member.name != "div") add(member.value);
  }
  for (const Json& item : value.values()) add(item);
  if (value.text().starts_with("https://legwork.example.org/")) found.push_back(value.text());
  return found;
}

void replace(std::vector<OwnedFile>& files, std::string_view file, std::string_view from,
             const std::string& to) {
  const auto found = std::ranges::find(files, file, &OwnedFile::name);
  REQUIRE(found != files.end());
  const auto at = found->text.find(from);
  REQUIRE(at != std::string::npos);
  found->text.replace(at, from.size(), to);
}
}  // namespace legwork::tests
