#include "batch/rejects.hpp"

#include "publish/fhir_json.hpp"

#include <boost/json.hpp>

namespace legwork::batch {
std::string reject_line(std::string_view place, const Reject& reject) {
  namespace json = boost::json;
  json::object issue{{"severity", "error"}, {"code", "invalid"}, {"diagnostics", reject.why}};
  json::array expression{json::string(place)};
  if (!reject.reference.empty()) expression.push_back(json::string(reject.reference));
  issue["expression"] = std::move(expression);
  return json::serialize(
             json::object{{"resourceType", "OperationOutcome"}, {"issue", {std::move(issue)}}}) +
         "\n";
}
}  // namespace legwork::batch
