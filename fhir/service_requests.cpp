#include "fhir/service_requests.hpp"

#include <simdjson.h>

namespace legwork::fhir {
namespace {
namespace dom = simdjson::dom;

std::string text_of(const dom::element& at, std::string_view name) {
  std::string_view text;
  return at[name].get_string().get(text) ? std::string() : std::string(text);
}

void add_coding(const dom::element& coding, ServiceRequest& request) {
  auto code = text_of(coding, "code");
  if (request.text.empty()) request.text = text_of(coding, "display");
  if (!code.empty()) request.codes.emplace_back(text_of(coding, "system"), std::move(code));
}

/// A list of codings, or the only one where the sender forgot the list.
void add_codings(const dom::element& concept_, ServiceRequest& request) {
  dom::element coding;
  if (concept_["coding"].get(coding)) return;
  if (coding.is_object()) add_coding(coding, request);
  dom::array codings;
  if (coding.get_array().get(codings)) return;
  for (const dom::element one : codings) add_coding(one, request);
}

ServiceRequest read(const dom::element& resource) {
  ServiceRequest request;
  if (const auto id = text_of(resource, "id"); !id.empty())
    request.reference = "ServiceRequest/" + id;
  dom::element subject, code;
  if (!resource["subject"].get(subject)) request.subject = text_of(subject, "reference");
  if (resource["code"].get(code)) return request;
  request.text = code.is_object() ? text_of(code, "text") : text_of(resource, "code");
  if (code.is_object()) add_codings(code, request);
  return request;
}
}  // namespace

std::vector<ServiceRequest> read_service_requests(std::string_view json) {
  std::vector<ServiceRequest> found;
  if (json.empty()) return found;
  dom::parser parser;
  dom::element bundle;
  dom::array entries;
  if (parser.parse(json.data(), json.size()).get(bundle)) return found;
  if (bundle["entry"].get_array().get(entries)) return found;
  for (const dom::element entry : entries) {
    dom::element resource;
    if (entry["resource"].get(resource)) continue;
    if (text_of(resource, "resourceType") == "ServiceRequest") found.push_back(read(resource));
  }
  return found;
}
}  // namespace legwork::fhir
