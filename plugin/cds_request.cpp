#include "plugin/cds_request.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <set>

namespace legwork::plugin {
namespace {
namespace od = simdjson::ondemand;
using simdjson::error_code;

bool is_error(std::string_view severity) { return severity == "error" || severity == "fatal"; }

void add_once(std::vector<std::string>& list, std::string_view text) {
  if (std::ranges::find(list, text) == list.end()) list.emplace_back(text);
}

/// The text of a string; nothing for another kind of value, or for one that is no text.
std::optional<std::string> text_of(od::value value) {
  std::string_view text;
  if (value.get_string().get(text)) return {};
  return std::string(text);
}

/// Walks over what came under a key: what it is, and whether it is all of it.
class Look {
 public:
  explicit Look(Prefetched& found) : found_(found) {}

  error_code at(od::object& object) {
    for (auto result : object) {
      od::field field;
      if (const auto error = std::move(result).get(field)) return error;
      std::string_view name;
      if (const auto error = field.unescaped_key().get(name)) return error;
      if (const auto error = member(name, field.value())) return error;
    }
    settle();
    return simdjson::SUCCESS;
  }

 private:
  error_code member(std::string_view name, od::value value) {
    if (name == "resourceType") type_ = text_of(value).value_or("");
    if (name == "id") id_ = text_of(value).value_or("");
    if (name == "entry") return entries(value);
    if (name == "link") return links(value);
    if (name == "issue") return issues(value);
    std::uint64_t total = 0;
    if (name == "total" && !value.get_uint64().get(total)) found_.total = total;
    return simdjson::SUCCESS;
  }

  void settle() {
    using enum Prefetched::Kind;
    if (type_ == "OperationOutcome") {
      found_.kind = outcome;
      found_.failed = true;  // in the place of data it is none, whatever its severity
    } else if (type_ == "Bundle") {
      found_.kind = bundle;
    } else if (!type_.empty()) {
      found_.kind = resource;
      found_.entries = 1;
      add_once(found_.types, type_);
      if (type_ == "Patient") add_once(found_.patients, id_);
    }
  }

  error_code entries(od::value value) {
    od::array array;
    if (value.get_array().get(array)) return simdjson::SUCCESS;  // the reader of charts judges it
    for (auto result : array) {
      od::value item;
      if (const auto error = std::move(result).get(item)) return error;
      if (const auto error = entry(item)) return error;
    }
    return simdjson::SUCCESS;
  }

  error_code entry(od::value item) {
    od::object object, resource;
    if (item.get_object().get(object)) return simdjson::SUCCESS;
    const auto error = object.find_field_unordered("resource").get_object().get(resource);
    if (error == simdjson::NO_SUCH_FIELD || error == simdjson::INCORRECT_TYPE)
      return simdjson::SUCCESS;
    if (error) return error;
    std::string_view type;
    if (resource.find_field_unordered("resourceType").get_string().get(type))
      return simdjson::SUCCESS;
    if (type == "OperationOutcome") {
      od::value list;
      return resource.find_field_unordered("issue").get(list) ? simdjson::SUCCESS : issues(list);
    }
    ++found_.entries;
    add_once(found_.types, type);
    if (type != "Patient") return simdjson::SUCCESS;
    std::string_view id;
    if (!resource.find_field_unordered("id").get_string().get(id)) add_once(found_.patients, id);
    return simdjson::SUCCESS;
  }

  error_code issues(od::value value) {
    od::array array;
    if (value.get_array().get(array)) return simdjson::SUCCESS;
    for (auto result : array) {
      od::value issue;
      if (const auto error = std::move(result).get(issue)) return error;
      std::string_view severity;
      od::object object;
      if (issue.get_object().get(object)) continue;
      if (!object.find_field_unordered("severity").get_string().get(severity))
        found_.failed = found_.failed || is_error(severity);
    }
    return simdjson::SUCCESS;
  }

  error_code links(od::value value) {
    od::array array;
    if (value.get_array().get(array)) return simdjson::SUCCESS;
    for (auto result : array) {
      od::object link;
      if (std::move(result).get_object().get(link)) continue;
      std::string_view relation, url;
      if (link.find_field_unordered("relation").get_string().get(relation)) continue;
      if (relation != "next") continue;
      if (!link.find_field_unordered("url").get_string().get(url)) found_.next = url;
    }
    return simdjson::SUCCESS;
  }

  Prefetched& found_;
  std::string type_, id_;
};

/// Reads the members of a request. The first fault ends it.
class RequestReader {
 public:
  RequestReader(std::string_view body, const CdsService& service)
      : body_(body), service_(service) {}

  Result<CdsRequest> read(simdjson::padded_string_view text) {
    const auto error = read_root(text);
    if (!error && !fault_) require();
    if (fault_) return tl::unexpected(*fault_);
    if (error) return refuse(ErrorKind::malformed, "body", not_json(error));
    return std::move(request_);
  }

 private:
  static std::string not_json(error_code error) {
    return error == simdjson::INCORRECT_TYPE
               ? "is no JSON object; send the request of CDS Hooks as one"
               : "is not well-formed JSON in UTF-8; send the whole request";
  }

  error_code read_root(simdjson::padded_string_view text) {
    text_ = text.data();
    if (const auto error = parser_.iterate(text).get(document_)) return error;
    od::object root;
    if (const auto error = document_.get_object().get(root)) return error;
    if (const auto error = members(root, "")) return error;
    const char* at = nullptr;
    const bool at_end = document_.current_location().get(at) != simdjson::SUCCESS;
    return at_end || fault_ ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
  }

  /// The members of an object whose name is the path of each.
  error_code members(od::object& object, std::string_view path) {
    for (auto result : object) {
      od::field field;
      if (const auto error = std::move(result).get(field)) return error;
      std::string_view name;
      if (const auto error = field.unescaped_key().get(name)) return error;
      const std::string member =
          path.empty() ? std::string(name) : fmt::format("{}.{}", path, name);
      if (const auto error = read_member(member, field.value())) return error;
      if (fault_) break;
    }
    return simdjson::SUCCESS;
  }

  error_code read_member(const std::string& member, od::value value) {
    struct Text {
      std::string_view member;
      std::string* into;
    };
    const Text texts[] = {{"hook", &hook_},
                          {"hookInstance", &instance_},
                          {"fhirServer", &request_.fhir_server},
                          {"context.userId", &request_.user},
                          {"context.patientId", &request_.patient},
                          {"context.encounterId", &request_.encounter},
                          {"fhirAuthorization.access_token", &request_.access_token},
                          {"fhirAuthorization.patient", &request_.token_patient}};
    for (const auto& [name, into] : texts)
      if (member == name) return read_text(member, value, *into);
    if (member == "prefetch") return read_prefetch(value);
    if (member == "context.draftOrders") return read_drafts(value);
    if (member == "context.selections") return read_selections(value);
    if (member != "context" && member != "fhirAuthorization") return simdjson::SUCCESS;
    if (!once(member) || is_null(value)) return simdjson::SUCCESS;
    od::object object;
    const auto error = value.get_object().get(object);
    if (error == simdjson::INCORRECT_TYPE) return wrong(member, "an object");
    return error ? error : members(object, member);
  }

  error_code read_text(const std::string& member, od::value value, std::string& into) {
    if (!once(member) || is_null(value)) return simdjson::SUCCESS;
    std::string_view text;
    const auto error = value.get_string().get(text);
    if (error == simdjson::INCORRECT_TYPE) return wrong(member, "a string");
    into = text;
    return error;
  }

  error_code read_selections(od::value value) {
    od::array array;
    if (!once("context.selections") || value.get_array().get(array)) return simdjson::SUCCESS;
    for (auto result : array) {
      od::value item;
      if (const auto error = std::move(result).get(item)) return error;
      if (auto text = text_of(item)) request_.selections.push_back(std::move(*text));
    }
    return simdjson::SUCCESS;
  }

  error_code read_drafts(od::value value) {
    if (!once("context.draftOrders") || is_null(value)) return simdjson::SUCCESS;
    od::object object;
    auto error = value.get_object().get(object);
    if (error == simdjson::INCORRECT_TYPE) return wrong("context.draftOrders", "a Bundle");
    if (error) return error;
    std::string_view raw;
    error = object.raw_json().get(raw);
    if (error) return error;
    raw = raw.substr(0, raw.find_last_of("}]") + 1);  // no white space before what follows it
    request_.draft_orders = in_body(raw);
    return simdjson::SUCCESS;
  }

  error_code read_prefetch(od::value value) {
    if (!once("prefetch") || is_null(value)) return simdjson::SUCCESS;
    od::object object;
    const auto error = value.get_object().get(object);
    if (error == simdjson::INCORRECT_TYPE) return wrong("prefetch", "an object");
    if (error) return error;
    for (auto result : object) {
      od::field field;
      if (const auto failed = std::move(result).get(field)) return failed;
      std::string_view key;
      if (const auto failed = field.unescaped_key().get(key)) return failed;
      Prefetched found;
      found.key = key;
      if (const auto failed = read_value(field.value(), found)) return failed;
      request_.prefetch.push_back(std::move(found));
    }
    return simdjson::SUCCESS;
  }

  error_code read_value(od::value value, Prefetched& found) {
    od::json_type type;
    if (const auto error = value.type().get(type)) return error;
    if (type == od::json_type::null) found.kind = Prefetched::Kind::null;
    if (type != od::json_type::object) return simdjson::SUCCESS;
    const char* const begin = value.raw_json_token().data();
    od::object object;
    if (const auto error = value.get_object().get(object)) return error;
    if (const auto error = Look(found).at(object)) return error;
    const char* end = nullptr;
    if (const auto error = document_.current_location().get(end)) return error;
    while (end != begin && end[-1] != '}')
      --end;  // white space, before the comma or brace that follows
    found.json = in_body({begin, static_cast<std::size_t>(end - begin)});
    return simdjson::SUCCESS;
  }

  bool is_null(od::value& value) {
    bool null = false;
    return !value.is_null().get(null) && null;
  }

  /// A member that stands twice could mean two things: with patients, one too many.
  bool once(std::string_view member) {
    if (seen_.insert(std::string(member)).second) return true;
    fault_ = Error{ErrorKind::unsupported, std::string(member), "stands twice; send it once"};
    return false;
  }

  error_code wrong(const std::string& member, std::string_view kind) {
    fault_ = Error{ErrorKind::malformed, member, fmt::format("must be {}", kind)};
    return simdjson::SUCCESS;
  }

  void require() {
    struct Required {
      std::string_view member;
      bool is_there;
      std::string_view what;
    };
    constexpr std::string_view patient = "Patient/";
    if (request_.patient.starts_with(patient)) request_.patient.erase(0, patient.size());
    const bool orders = service_.hook == Hook::order_select || service_.hook == Hook::order_sign;
    const Required all[] = {
        {"hook", !hook_.empty(), "is missing; send the hook that this service is for"},
        {"hookInstance", !instance_.empty(), "is missing; send a UUID"},
        {"context", seen_.contains("context"), "is missing; send the context of the hook"},
        {"context.patientId", !request_.patient.empty(), "is missing; send the patient's id"},
        {"context.userId", !request_.user.empty(), "is missing; send who the user is"},
        {"context.encounterId", !service_.has_encounter || !request_.encounter.empty(),
         "is missing; send the encounter's id"},
        {"context.draftOrders", !orders || !request_.draft_orders.empty(),
         "is missing; send the drafts as a Bundle"}};
    for (const auto& [member, is_there, what] : all)
      if (!is_there && !fault_)
        fault_ = Error{ErrorKind::missing, std::string(member), std::string(what)};
    if (!fault_ && hook_ != service_.hook_name)
      fault_ = Error{ErrorKind::unsupported, "hook",
                     fmt::format("is not '{}', which this service is for; call the service of the "
                                 "hook, GET /cds-services lists them",
                                 service_.hook_name)};
  }

  std::string_view in_body(std::string_view part) const {
    return body_.substr(static_cast<std::size_t>(part.data() - text_), part.size());
  }

  std::string_view body_;
  const CdsService& service_;
  od::parser parser_;
  od::document document_;
  const char* text_ = nullptr;
  CdsRequest request_;
  std::string hook_, instance_;
  std::set<std::string, std::less<>> seen_;
  std::optional<Error> fault_;
};
}  // namespace

Result<CdsRequest> read_cds_request(std::string_view body, std::size_t room,
                                    const CdsService& service) {
  RequestReader reader(body, service);
  if (room >= body.size() + simdjson::SIMDJSON_PADDING)
    return reader.read(simdjson::padded_string_view(body.data(), body.size(), room));
  const simdjson::padded_string copy(body);
  return reader.read(copy);
}

Prefetched look_at(std::string key, std::string_view json) {
  Prefetched found;
  found.key = std::move(key);
  found.json = json;
  const simdjson::padded_string copy(json);
  od::parser parser;
  od::document document;
  od::object object;
  if (parser.iterate(copy).get(document) || document.get_object().get(object)) return found;
  if (Look(found).at(object)) found.kind = Prefetched::Kind::unreadable;
  return found;
}
}  // namespace legwork::plugin
