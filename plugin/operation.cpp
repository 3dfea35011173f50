#include "plugin/operation.hpp"

#include "plugin/ask.hpp"
#include "plugin/capability.hpp"
#include "plugin/media_type.hpp"
#include "plugin/outcome.hpp"
#include "plugin/parameters.hpp"

#include <fmt/format.h>

#include <array>

namespace legwork::plugin {
namespace {
/// In the order in which they are preferred by who does not care.
constexpr std::array forms = {Form::pdf, Form::document, Form::assessment, Form::html, Form::text};

/// _format as FHIR has it: a media type, or one of a few short words.
/// Source: https://hl7.org/fhir/R4/http.html#parameters
std::string format_type(std::string format) {
  if (format == "json") return "application/fhir+json";
  if (format == "pdf") return "application/pdf";
  if (format == "html") return "text/html";
  if (format == "text") return "text/plain";
  if (format == "application/fhir json") return "application/fhir+json";  // "+" not escaped
  return format;
}

std::optional<Form> form_of(const Request& request) {
  std::array<std::string_view, forms.size()> offers;
  for (std::size_t i = 0; i < forms.size(); ++i) offers[i] = content_type(forms[i]);
  auto accept = format_type(parameter(request.query, "_format"));
  if (const auto* header = request.header("Accept"); accept.empty() && header != nullptr)
    accept = *header;
  const auto chosen = choose(accept, offers);
  return chosen ? std::optional(forms[*chosen]) : std::nullopt;
}

Response refused(const Error& error) {
  const auto text = fmt::format("{}: {}", error.where, error.what);
  switch (error.kind) {
    case ErrorKind::malformed:
      return outcome(400, "structure", text);
    case ErrorKind::unsupported:
      return outcome(422, "processing", text);
    case ErrorKind::missing:
      return outcome(422, "required", text);
    case ErrorKind::unavailable:
      return outcome(413, "too-long", text);
  }
  return outcome(500, "exception", "internal error");
}

Response report(const Knowledge& knowledge, const Request& request, Day today) {
  const auto form = form_of(request);
  if (!form)
    return outcome(406, "not-supported",
                   "Accept: asks for nothing that is made here; ask for application/pdf, "
                   "application/fhir+json, application/json, text/html or text/plain");
  Ask given;
  given.as_of = today;
  const auto ask = read_ask(request.body, std::move(given));
  if (!ask) return refused(ask.error());
  auto told = answer(knowledge, *ask, *form);
  if (!told) return refused(told.error());
  Response response;
  response.content_type = content_type(*form);
  response.body = std::move(told->bytes);
  response.headers.push_back({"Vary", "Accept"});
  if (*form == Form::pdf)
    response.headers.push_back(
        {"Content-Disposition", fmt::format("inline; filename=\"{}-{}.pdf\"",
                                            knowledge.pack.provenance.pack_id, iso(ask->as_of))});
  return response;
}

/// Whether a browser says that another site's page sends this. Programs say nothing of the kind.
bool crosses_sites(const Request& request, std::string_view base_url) {
  if (const auto* site = request.header("Sec-Fetch-Site"); site != nullptr)
    return *site != "same-origin";
  const auto* origin = request.header("Origin");
  return origin != nullptr && !(base_url == *origin || base_url.starts_with(*origin + "/"));
}

const std::vector<std::string> chart_types = {"application/fhir+json",   "application/json",
                                              "application/fhir+xml",    "application/xml",
                                              "application/fhir+ndjson", "application/ndjson"};

Response json(std::string body) {
  Response response;
  response.content_type = fhir_json;
  response.body = std::move(body);
  return response;
}

/// An answer that is always the same.
Route standing(std::string name, std::string pattern, std::string body) {
  Route route;
  route.name = std::move(name);
  route.method = "GET";
  route.pattern = std::move(pattern);
  route.access = Access::open;  // what a server can do is told to anybody, as FHIR has it
  route.handler = [body = std::move(body)](const auto&, const Caller&) -> Answer {
    return json(body);
  };
  route.runs = Runs::at_once;
  return route;
}
}  // namespace

std::string operation_code(const causes::Pack& pack) { return pack.provenance.pack_id + "-report"; }

std::vector<Route> operation_routes(std::shared_ptr<const Knowledge> knowledge, Today today,
                                    const std::string& base_url) {
  const auto code = operation_code(knowledge->pack);
  std::vector<Route> routes;
  routes.push_back(
      standing("metadata", "/fhir/metadata", capability_statement(knowledge->pack, base_url)));
  routes.push_back(standing("operation-definition", "/fhir/OperationDefinition/" + code,
                            operation_definition(*knowledge, base_url)));
  Route operation;
  operation.name = "operation";
  operation.method = "POST";
  operation.pattern = "/fhir/$" + code;
  operation.accepts = chart_types;
  operation.handler = [knowledge, today](const auto& request, const Caller&) -> Answer {
    return report(*knowledge, *request, today());
  };
  Route page = operation;
  page.name = "page-report";
  page.pattern = "/app/report";
  page.access = Access::open;
  page.handler = [knowledge, today, base_url](const auto& request, const Caller&) -> Answer {
    if (crosses_sites(*request, base_url))
      return outcome(403, "forbidden",
                     "Origin: is another site; programs call /fhir instead, with a token");
    return report(*knowledge, *request, today());
  };
  routes.push_back(std::move(operation));
  routes.push_back(std::move(page));
  return routes;
}
}  // namespace legwork::plugin
