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
  is_plain = !copied_.id.empty() && !copied_.subject.empty();
  if (text == Text::has_breaks) {
    std::size_t size = 0;
    std::string line(json_.size(), '\0');
    if (const auto error = simdjson::minify(json_.data(), json_.size(), line.data(), size))
      return error;
    line.resize(size);
    json_ = std::move(line);
  }
  copied_.json = json_;
  return simdjson::SUCCESS;
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
  constexpr std::size_t most_codes = 1 << 16, longest_codes = 4096;
  codes_.assign(rule.type);
  bool is_told = true;
  for (auto result : resource) {
    od::field field;
    if (const auto error = std::move(result).get(field)) return error;
    const std::string_view name = name_of(field);
    if (is_one_of(rule.codes.unless, name)) is_told = false;
    if (!is_one_of(rule.codes.elements, name)) continue;
    od::value value = field.value();
    std::string_view raw;
    if (const auto error = raw_of(value, raw)) return error;
    codes_.append(1, '\n').append(name).append(raw);
  }
  const auto known = dull_.find(codes_);
  if (is_told && known != dull_.end()) told = known->second ? Told::nothing : Told::something;
  const bool ask = is_told && known == dull_.end() && codes_.size() <= longest_codes &&
                   dull_.size() < most_codes;
  if (!ask) codes_.clear();
  return simdjson::SUCCESS;
}
}  // namespace legwork::fhir
