#include "plugin/outcome.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace legwork::plugin {
Response outcome(unsigned status, std::string_view code, std::string_view diagnostics) {
  namespace json = boost::json;
  const json::object issue{
      {"severity", "error"},
      {"code", json::string_view(code.data(), code.size())},
      {"diagnostics", json::string_view(diagnostics.data(), diagnostics.size())}};
  const json::object body{{"resourceType", "OperationOutcome"}, {"issue", json::array{issue}}};
  return {status, std::string(fhir_json), json::serialize(body), {}};
}

std::string_view issue_code(unsigned status) {
  switch (status) {
    case 400:
    case 411:
    case 415:
    case 417:
      return "invalid";
    case 401:
      return "login";
    case 403:
      return "forbidden";
    case 404:
      return "not-found";
    case 405:
    case 406:
    case 501:
      return "not-supported";
    case 408:
      return "timeout";
    case 412:
      return "required";
    case 413:
    case 431:
      return "too-long";
    case 429:
      return "throttled";
    case 502:
    case 503:
    case 504:
      return "transient";
    default:
      return status < 500 ? "processing" : "exception";
  }
}
}  // namespace legwork::plugin
