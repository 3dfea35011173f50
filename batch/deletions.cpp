#include "batch/deletions.hpp"

#include "fhir/datatypes.hpp"

#include <boost/json.hpp>

namespace legwork::batch {
namespace {
namespace json = boost::json;

std::string_view text_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                : std::string_view();
}

/// What an entry deletes; "" if nothing.
std::string_view deleted_by(const json::value& entry) {
  const auto* request = entry.is_object() ? entry.get_object().if_contains("request") : nullptr;
  if (request == nullptr || !request->is_object()) return {};
  if (text_in(request->get_object(), "method") != "DELETE") return {};
  return fhir::normal_reference(text_in(request->get_object(), "url"));
}
}  // namespace

bool Deletions::add(std::string_view bundle) {
  std::error_code error;
  const auto value = json::parse(json::string_view(bundle.data(), bundle.size()), error);
  if (error || !value.is_object()) return false;
  if (text_in(value.get_object(), "resourceType") != "Bundle") return false;
  const auto* entries = value.get_object().if_contains("entry");
  if (entries == nullptr || !entries->is_array()) return entries == nullptr;
  bool sound = true;
  for (const auto& entry : entries->get_array()) {
    const auto reference = deleted_by(entry);
    if (reference.empty())
      sound = false;
    else
      references_.emplace(reference);
  }
  return sound;
}
}  // namespace legwork::batch
