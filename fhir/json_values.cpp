#include "fhir/json_values.hpp"

#include "fhir/syntax.hpp"

// Source: https://hl7.org/fhir/R4/json.html

namespace legwork::fhir {
using Label = ElementList::Label;

std::string_view token_of(od::value& value) {
  std::string_view token = value.raw_json_token();
  while (!token.empty() && token.back() <= ' ') token.remove_suffix(1);
  return token;
}

std::optional<std::string_view> plain_text(od::value& value) {
  const std::string_view token = token_of(value);
  if (token.size() < 2 || token.find('\\') != token.npos) return {};
  return token.substr(1, token.size() - 2);
}

error_code raw_of(od::value& value, std::string_view& raw) {
  od::json_type type;
  if (const auto error = value.type().get(type)) return error;
  if (type == od::json_type::object) {
    od::object object;
    if (const auto error = value.get_object().get(object)) return error;
    return object.raw_json().get(raw);
  }
  if (type == od::json_type::array) {
    od::array array;
    if (const auto error = value.get_array().get(array)) return error;
    return array.raw_json().get(raw);
  }
  raw = token_of(value);
  return simdjson::SUCCESS;
}

error_code JsonElements::add_resource(const Rule& rule, od::object& resource) {
  list_.clear();
  list_.open({rule.type});
  for (auto result : resource) {
    od::field field;
    if (const auto error = std::move(result).get(field)) return error;
    const std::string_view name = name_of(field);
    if (is_ignored(name) || !wants(rule, name)) continue;
    if (const auto error = add({name}, field.value(), 1)) return error;
  }
  list_.close();
  return simdjson::SUCCESS;
}

error_code JsonElements::add(Label label, od::value value, unsigned depth) {
  if (depth > deepest_element) return simdjson::DEPTH_ERROR;
  od::json_type type;
  if (const auto error = value.type().get(type)) return error;
  switch (type) {
    case od::json_type::object:
      return add_object(label, value, depth);
    case od::json_type::array:
      if (!label.in_array) return add_array(label.name, value, depth);
      list_.add(label, Form::unreadable, {});
      return simdjson::SUCCESS;
    case od::json_type::string:
      return add_text(label, value);
    case od::json_type::boolean:
      return add_boolean(label, token_of(value));
    case od::json_type::number:
      list_.add(label, Form::number, token_of(value));
      return simdjson::SUCCESS;
    case od::json_type::null:
      return simdjson::SUCCESS;
  }
  return simdjson::TAPE_ERROR;
}

error_code JsonElements::add_object(Label label, od::value value, unsigned depth) {
  od::object object;
  if (const auto error = value.get_object().get(object)) return error;
  list_.open(label);
  for (auto result : object) {
    od::field field;
    if (const auto error = std::move(result).get(field)) return error;
    const std::string_view name = name_of(field);
    if (is_ignored(name)) continue;
    if (const auto error = add({name}, field.value(), depth + 1)) return error;
  }
  list_.close();
  return simdjson::SUCCESS;
}

error_code JsonElements::add_array(std::string_view name, od::value value, unsigned depth) {
  od::array array;
  if (const auto error = value.get_array().get(array)) return error;
  for (auto result : array) {
    od::value item;
    if (const auto error = std::move(result).get(item)) return error;
    if (const auto error = add({name, true}, item, depth)) return error;
  }
  return simdjson::SUCCESS;
}

error_code JsonElements::add_text(Label label, od::value value) {
  if (const auto text = plain_text(value)) {
    list_.add(label, Form::text, *text);
    return simdjson::SUCCESS;
  }
  std::string_view text;
  const auto error = value.get_string().get(text);
  // Half of a surrogate pair: senders cut texts in the middle of an emoji.
  const bool readable = error != simdjson::STRING_ERROR;
  if (error && readable) return error;
  list_.add(label, readable ? Form::text : Form::unreadable, text);
  return simdjson::SUCCESS;
}

error_code JsonElements::add_boolean(Label label, std::string_view token) {
  if (token != "true" && token != "false") return simdjson::T_ATOM_ERROR;
  list_.add(label, Form::boolean, token);
  return simdjson::SUCCESS;
}
}  // namespace legwork::fhir
