#include "publish/fhir_json.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

namespace legwork::publish {
namespace {
std::string quoted(const std::string& text) {
  return boost::json::serialize(boost::json::string(text));
}

void write(const Json& value, std::size_t depth, std::string& out);

/// The items that are not empty, one a line, between brackets.
template <class Items, class ValueOf, class Write>
void write_list(const Items& items, ValueOf value_of, Write write_item, std::string_view brackets,
                std::size_t depth, std::string& out) {
  out += brackets[0];
  const char* separator = "";
  for (const auto& item : items) {
    if (value_of(item).empty()) continue;
    out.append(separator).append("\n").append(2 * (depth + 1), ' ');
    write_item(item);
    separator = ",";
  }
  out.append("\n").append(2 * depth, ' ') += brackets[1];
}

void write(const Json& value, std::size_t depth, std::string& out) {
  if (!value.members().empty()) {
    write_list(
        value.members(), [](const Member& member) -> const Json& { return member.value; },
        [&](const Member& member) {
          out.append(quoted(member.name)).append(": ");
          write(member.value, depth + 1, out);
        },
        "{}", depth, out);
  } else if (!value.values().empty()) {
    write_list(
        value.values(), [](const Json& item) -> const Json& { return item; },
        [&](const Json& item) { write(item, depth + 1, out); }, "[]", depth, out);
  } else if (const auto flag = value.flag()) {
    out += *flag ? "true" : "false";
  } else if (const auto made = value.made(); !made.empty()) {
    out += made;
  } else {
    out += quoted(value.text());
  }
}
/// Text of ours needs an escape now and then only: what lies between is copied at once.
void write_quoted(std::string_view text, std::string& out) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text.substr(copied, i - copied));
    copied = i + 1;
    if (byte >= 0x20) {
      out.append({'\\', text[i]});
    } else if (byte == '\n') {
      out.append("\\n");
    } else {
      out.append({'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]});
    }
  }
  out.append(text.substr(copied)) += '"';
}

void write_line(const Json& value, std::string& out) {
  if (!value.members().empty()) {
    char separator = '{';
    for (const auto& [name, member] : value.members()) {
      if (member.empty()) continue;
      out += std::exchange(separator, ',');
      write_quoted(name, out);
      out += ':';
      write_line(member, out);
    }
    out += '}';
  } else if (!value.values().empty()) {
    char separator = '[';
    for (const auto& item : value.values()) {
      if (item.empty()) continue;
      out += std::exchange(separator, ',');
      write_line(item, out);
    }
    out += ']';
  } else if (const auto flag = value.flag()) {
    out += *flag ? "true" : "false";
  } else if (const auto made = value.made(); !made.empty()) {
    out += made;
  } else {
    write_quoted(value.text_view(), out);
  }
}
}  // namespace

Json Json::flag(bool value) {
  Json made("");
  made.value_ = value;
  return made;
}

Json Json::made(std::string json) {
  Json made("");
  made.value_ = Made{std::move(json)};
  return made;
}

bool Json::empty() const {
  if (const auto* made = std::get_if<Made>(&value_)) return made->json.empty();
  if (const auto* text = std::get_if<std::string>(&value_)) return text->empty();
  if (std::holds_alternative<bool>(value_)) return false;
  return std::ranges::all_of(values(), &Json::empty) &&
         std::ranges::all_of(members(), [](const Member& member) { return member.value.empty(); });
}

const Json* Json::find(const std::string& name) const {
  const auto found = std::ranges::find(members(), name, &Member::name);
  return found == members().end() ? nullptr : &found->value;
}

std::optional<bool> Json::flag() const {
  const auto* value = std::get_if<bool>(&value_);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::string Json::made() const {
  const auto* made = std::get_if<Made>(&value_);
  return made == nullptr ? std::string{} : made->json;
}

std::string Json::text() const {
  const auto* text = std::get_if<std::string>(&value_);
  return text == nullptr ? std::string{} : *text;
}

const Json::Array& Json::values() const {
  static const Array none;
  const auto* values = std::get_if<Array>(&value_);
  return values == nullptr ? none : *values;
}

const Json::Object& Json::members() const {
  static const Object none;
  const auto* members = std::get_if<Object>(&value_);
  return members == nullptr ? none : *members;
}

std::string_view Json::text_view() const {
  const auto* text = std::get_if<std::string>(&value_);
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

std::string to_line(const Json& value) {
  std::string out;
  write_line(value, out);
  return out;
}

std::string to_text(const Json& value) {
  std::string out;
  write(value, 0, out);
  out += '\n';
  return out;
}
}  // namespace legwork::publish
