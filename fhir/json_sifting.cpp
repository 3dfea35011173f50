#include "fhir/json_sifting.hpp"

#include "fhir/syntax.hpp"

#include <algorithm>
#include <span>

namespace legwork::fhir {
namespace {
bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}
}  // namespace

/// Where there is no memory nothing is sound, and everything read.
JsonCopy::JsonCopy() {
  if (parser_.allocate(1 << 12, deepest_element)) parser_.set_max_capacity(0);
}

error_code JsonCopy::add_resource(const Rule& rule, od::object& resource, Text text,
                                  bool& is_plain) {
  copied_ = {&rule, {}, {}, {}};
  json_.assign(R"({"resourceType":")").append(rule.type).append(1, '"');
  for (auto result : resource) {
    od::field field;
    if (const auto error = std::move(result).get(field)) return error;
    const std::string_view name = name_of(field);
    if (is_ignored(name) || !wants(rule, name)) continue;
    od::value value = field.value();
    std::string_view raw;
    if (name == "id") {
      raw = token_of(value);
      copied_.id = plain_text(value).value_or("");
    } else if (const auto error = name == "subject" || name == "patient" ? add_subject(value, raw)
                                                                         : raw_of(value, raw)) {
      return error;
    }
    json_.append(R"(,")").append(name).append(R"(":)").append(raw);
  }
  json_ += '}';
  if (text == Text::has_breaks) {
    std::size_t size = 0;
    std::string line(json_.size(), '\0');
    if (const auto error = simdjson::minify(json_.data(), json_.size(), line.data(), size))
      return error;
    line.resize(size);
    json_ = std::move(line);
  }
  is_plain = !copied_.id.empty() && !copied_.subject.empty() && is_sound();
  return simdjson::SUCCESS;
}

/// What was stepped over on the way was not looked at: damage in it must not reach the patient's
/// other resources.
bool JsonCopy::is_sound() {
  json_.reserve(json_.size() + simdjson::SIMDJSON_PADDING);
  copied_.json = json_;
  return parser_.parse(json_.data(), json_.size(), false).error() == simdjson::SUCCESS;
}

/// A Reference: `{"reference":"Patient/p1"}`.
error_code JsonCopy::add_subject(od::value value, std::string_view& raw) {
  if (!std::string_view(value.raw_json_token()).starts_with('{')) return raw_of(value, raw);
  od::object object;
  if (const auto error = value.get_object().get(object)) return error;
  if (const auto error = object.raw_json().get(raw)) return error;
  if (const auto error = object.reset().error()) return error;
  for (auto result : object) {
    od::field field;
    if (const auto error = std::move(result).get(field)) return error;
    if (name_of(field) != "reference") continue;
    od::value reference = field.value();
    if (copied_.subject.empty() && reference.raw_json_token().starts_with('"'))
      copied_.subject = plain_text(reference).value_or("");
  }
  return simdjson::SUCCESS;
}

error_code JsonCodes::look(const Rule& rule, od::object& resource, Told& told) {
  codes_.assign(rule.type);
  bool is_all = true;
  if (const auto error = add_elements(rule.codes, resource, is_all)) return error;
  told = Told::not_all;
  if (!is_all) return simdjson::SUCCESS;
  const auto known = told_.find(codes_);
  told = known == told_.end() ? Told::unknown : known->second;
  return simdjson::SUCCESS;
}

error_code JsonCodes::add_elements(const Codes& codes, od::object& object, bool& is_all) {
  for (auto result : object) {
    od::field field;
    if (const auto error = std::move(result).get(field)) return error;
    const std::string_view name = name_of(field);
    if (!codes.parts.empty() && name == codes.parts) {
      if (const auto error = add_parts(codes, field.value(), is_all)) return error;
    } else if (is_one_of(codes.elements, name)) {
      od::value value = field.value();
      std::string_view raw;
      if (const auto error = raw_of(value, raw)) return error;
      codes_.append(1, '\n').append(name).append(raw);
    } else if (is_one_of(codes.unless, name)) {
      is_all = false;
    }
  }
  return simdjson::SUCCESS;
}

error_code JsonCodes::add_parts(const Codes& codes, od::value parts, bool& is_all) {
  od::array array;
  if (const auto error = parts.get_array().get(array)) {
    is_all = false;  // the only one, where the sender forgot the list, or nothing that FHIR knows
    return error == simdjson::INCORRECT_TYPE ? simdjson::SUCCESS : error;
  }
  for (auto result : array) {
    od::object part;
    if (const auto error = std::move(result).get_object().get(part)) {
      is_all = false;
      if (error != simdjson::INCORRECT_TYPE) return error;
      continue;
    }
    codes_.append(1, '\n').append(1, '{');
    // A part of a part is none that anybody reads.
    if (const auto error = add_elements({codes.elements, {}, {}, nullptr}, part, is_all))
      return error;
  }
  return simdjson::SUCCESS;
}

JsonCodes::Told JsonCodes::learn(bool is_dull) {
  constexpr std::size_t most = 1 << 16, longest = 4096;
  const auto told = is_dull ? Told::nothing : Told::something;
  if (told_.size() < most && codes_.size() <= longest) told_.emplace(codes_, told);
  return told;
}
}  // namespace legwork::fhir
