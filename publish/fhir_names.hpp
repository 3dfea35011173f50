#pragma once

#include "causes/pack.hpp"
#include "publish/fhir_json.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What the resources of one export share: how they are called, and the elements that all of them
/// have. Of no use outside `publish`.
namespace legwork::publish {
/// An id that FHIR allows (A-Z a-z 0-9 - . up to 64 of them): the text itself, or, where it is not
/// one, as much of it as fits and a hash that keeps two of them apart.
std::string fhir_id(std::string_view text);

/// "heavy-legs-ferritin": what a part of the pack is called beside those of other packs.
std::string id_in(const causes::Pack& pack, std::string_view part);

/// "https://legwork.example.org/fhir/ValueSet/heavy-legs-ferritin"
std::string url_of(const causes::Pack& pack, std::string_view type, std::string_view id);

/// The same with the pack's version: what another resource refers to.
std::string canonical(const causes::Pack& pack, std::string_view type, std::string_view id);

/// The narrative of a resource, for readers that know nothing else of it.
Json narrative(const std::vector<std::string>& paragraphs);

/// What every definition begins with: type, id, narrative, url, version, name, title, status, date
/// and publisher. Nothing in it depends on when or where the export is made.
Json::Object definition(const causes::Pack& pack, std::string_view type, std::string_view id,
                        std::string_view title, const std::vector<std::string>& paragraphs);

/// The notices that the owners of code systems ask for beside their codes.
std::string notices(const causes::Pack& pack, const std::vector<std::string>& systems);

/// A claim with its source, as a citation; its label is the claim's id.
Json citation(const causes::Pack& pack, std::string_view claim_id);
Json::Array citations(const causes::Pack& pack, const std::vector<std::string>& claim_ids);

/// An urgency as FHIR's RequestPriority: "stat" for an emergency, "asap" for the same day.
const char* priority(causes::Urgency urgency);
}  // namespace legwork::publish
