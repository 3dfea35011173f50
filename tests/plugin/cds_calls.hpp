#pragma once

#include "plugin/cds_service.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::tests {
/// The pack heavy-legs of the source tree.
std::shared_ptr<const causes::Pack> heavy_legs_pack();

/// A call of a CDS service, made of JSON texts. Starts as a good call of patient-view about the
/// patient of examples/amlodipine-and-iron.json, with all keys but `statements` (null).
struct CdsCall {
  std::string service = "legwork-patient-view";
  std::string hook = "patient-view";
  std::string context = R"({"userId":"Practitioner/d1","patientId":"p1","encounterId":"e1"})";
  std::string rest;                             ///< further members: R"(,"fhirServer":"…")"
  std::map<std::string, std::string> prefetch;  ///< JSON by key

  CdsCall();
  std::string body() const;
};

/// Entries of the example of one type, as the searchset that a client sends.
std::string searchset(std::string_view type);
std::string searchset_of(const std::vector<std::string>& resources);

/// A context with the pack and a day, and nothing else.
plugin::CdsContext cds_context();

/// What the routes answer; a Later is run.
plugin::Response answer(const std::vector<plugin::Route>& routes, std::string_view method,
                        std::string path, std::string body, const plugin::Caller& caller = {});
plugin::Response answer(plugin::CdsContext context, const CdsCall& call);

/// Where a JSON text holds null, "", [] or {} ("$.cards[0].links"); "" where it holds none but the
/// lists `cards` and `services` at its top.
std::string empty_member(const std::string& json);

/// What stands at a path of names and numbers: at(json, "cards/0/summary"); "" where nothing does.
/// A list or object is given as JSON.
std::string at(const std::string& json, std::string_view path);
/// How many items a list at the path has.
std::size_t count(const std::string& json, std::string_view path);
}  // namespace legwork::tests
