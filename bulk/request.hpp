#pragma once

#include "base/result.hpp"
#include "press/fetch.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace legwork::bulk {
/// Whose data: Bulk Data's three endpoints.
enum class Level : unsigned char { patients, group, system };
enum class Method : unsigned char { get, post };

struct Parameter {
  std::string name, value;
};

/// What is asked of the server.
struct Request {
  Level level = Level::patients;
  std::string group = {};  ///< its id, where the level is group
  Method method = Method::get;
  std::vector<std::string> types = {}, type_filters = {};
  std::string since = {};                  ///< an instant; "": everything
  std::vector<std::string> patients = {};  ///< ids; only by POST
  std::vector<Parameter> more = {};        ///< others, as they are to be sent
};

/// Whether it is a FHIR instant: "2026-11-22T08:00:00Z".
bool is_instant(std::string_view text);

/// The kick-off, without a token. Several values of one parameter are repeated by POST, as Bulk
/// Data 4 has it and 2 allows it; by GET types stand together, as 1 knows it.
/// Errors: malformed  an id, a type or an instant that is none; patients by GET. `where` is the
///                    option's name
/// Source: https://hl7.org/fhir/uv/bulkdata/STU2/export.html#bulk-data-kick-off-request
Result<press::Outgoing> kick_off(const Request& request, const press::Address& base);
}  // namespace legwork::bulk
