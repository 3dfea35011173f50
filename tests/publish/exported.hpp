#pragma once

#include "publish/fhir_export.hpp"
#include "tests/causes/test_pack.hpp"

#include <map>
#include <string>
#include <vector>

namespace legwork::tests {
/// The pack of packs/heavy-legs.
const causes::Pack& heavy_legs();

publish::FhirExport exported(const causes::Pack& pack);

/// The R4 resource; fails the test where there is none.
const publish::Resource& find(const publish::FhirExport& made, const std::string& type,
                              const std::string& id);
std::vector<const publish::Resource*> all(const publish::FhirExport& made, const std::string& type);
/// The one R4 resource of its type.
publish::Resource only(const publish::FhirExport& made, const std::string& type);

/// A member's text; "" where there is none.
std::string text_of(const publish::Json& object, const std::string& name);

/// The actions at any depth that have an id, by it.
std::map<std::string, publish::Json> actions_by_id(const publish::Json& plan);

/// Every text at any depth that is a canonical of legwork.example.org.
std::vector<std::string> canonicals_in(const publish::Json& value);

/// Replaces a text in one of a pack's files; fails the test where it is not there.
void replace(std::vector<OwnedFile>& files, std::string_view file, std::string_view from,
             const std::string& to);
}  // namespace legwork::tests
