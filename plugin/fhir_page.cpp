#include "plugin/fhir_page.hpp"

#include <simdjson.h>

#include <algorithm>

namespace legwork::plugin {
namespace {
namespace dom = simdjson::dom;

std::string_view text_of(dom::object object, std::string_view name) {
  std::string_view text;
  return object[name].get(text) ? std::string_view() : text;
}

/// Reported as information or warning: the answer holds what there is. Source:
/// https://hl7.org/fhir/R4/valueset-issue-severity.html
bool is_failure(dom::object outcome) {
  dom::array issues;
  if (outcome["issue"].get(issues)) return true;  // says that something is wrong, not what
  for (const dom::element element : issues) {
    dom::object issue;
    if (element.get(issue)) continue;
    const std::string_view severity = text_of(issue, "severity");
    if (severity == "error" || severity == "fatal") return true;
  }
  return false;
}

void add_once(std::vector<std::string>& all, std::string_view one) {
  if (std::ranges::find(all, one) == all.end()) all.emplace_back(one);
}

/// R4: medicationReference. R5: medication.reference.
void note_named(dom::object resource, FhirPage& page) {
  std::string_view reference;
  if (resource["medicationReference"]["reference"].get(reference) &&
      resource["medication"]["reference"]["reference"].get(reference)) {
    return;
  }
  if (!reference.empty() && !reference.starts_with('#'))
    add_once(page.named_medications, reference);
}

void note(dom::object resource, std::string_view full_url, FhirPage& page) {
  const std::string_view type = text_of(resource, "resourceType");
  if (type == "OperationOutcome") page.reports_error = page.reports_error || is_failure(resource);
  if (type.starts_with("Medication") && type != "Medication") note_named(resource, page);
  if (type != "Medication") return;
  const std::string_view id = text_of(resource, "id");
  if (!id.empty()) add_once(page.held_medications, "Medication/" + std::string(id));
  if (!full_url.empty()) add_once(page.held_medications, full_url);
}

void read_bundle(dom::object bundle, FhirPage& page) {
  dom::array links;
  if (!bundle["link"].get(links)) {
    for (const dom::element element : links) {
      dom::object link;
      if (element.get(link) || text_of(link, "relation") != "next") continue;
      page.next = text_of(link, "url");
    }
  }
  dom::array entries;
  if (bundle["entry"].get(entries)) return;
  for (const dom::element element : entries) {
    dom::object entry, resource;
    if (element.get(entry) || entry["resource"].get(resource)) continue;
    note(resource, text_of(entry, "fullUrl"), page);
  }
}
}  // namespace

Result<FhirPage> read_fhir_page(std::string_view json) {
  dom::parser parser;
  dom::object root;
  if (parser.parse(json.data(), json.size()).get(root)) {
    return refuse(ErrorKind::malformed, "answer", "it is not a JSON object");
  }
  FhirPage page;
  page.type = text_of(root, "resourceType");
  if (page.type.empty()) return refuse(ErrorKind::malformed, "answer", "it is no FHIR resource");
  if (page.type == "Bundle") {
    read_bundle(root, page);
  } else {
    note(root, {}, page);
  }
  return page;
}
}  // namespace legwork::plugin
