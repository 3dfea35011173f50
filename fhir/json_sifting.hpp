#pragma once

#include "fhir/draft.hpp"
#include "fhir/json_values.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

// Sorting many patients' resources without reading them. Internal to the files that walk over JSON.

namespace legwork::fhir {
/// Copies resources as they were sent, without what no chart needs.
class JsonCopy {
 public:
  enum class Text : bool { is_line, has_breaks };

  JsonCopy();

  /// `is_plain`: whether it names itself and its subject in the usual way and is well-formed; else
  /// it is no copy.
  error_code add_resource(const Rule& rule, od::object& resource, Text text, bool& is_plain);
  const Copied& copied() const { return copied_; }

 private:
  error_code add_subject(od::value value, std::string_view& raw);
  bool is_sound();

  simdjson::dom::parser parser_;
  std::string json_;
  Copied copied_;
};

/// Tells by their codes which resources say nothing. Most of an export is coded with what the pack
/// does not know, the same few codes over and over: what they mean is asked once.
class JsonCodes {
 public:
  enum class Told : std::uint8_t {
    nothing,
    something,
    not_all,  ///< what else is in the resource may say something
    unknown   ///< nobody has asked yet
  };

  /// What the codes of a resource tell.
  error_code look(const Rule& rule, od::object& resource, Told& told);
  /// What those that were looked at last turned out to mean.
  Told learn(bool is_dull);

 private:
  error_code add_elements(const Codes& codes, od::object& object, bool& is_all);
  error_code add_parts(const Codes& codes, od::value parts, bool& is_all);

  std::unordered_map<std::string, Told> told_;  // by type and JSON
  std::string codes_;  // kept to look them up without making a string each time
};
}  // namespace legwork::fhir
