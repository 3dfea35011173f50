#include "plugin/content_type.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cctype>

namespace legwork::plugin {
namespace {
std::string_view without_quotes(std::string_view text) {
  return text.size() > 1 && text.front() == '"' && text.back() == '"'
             ? text.substr(1, text.size() - 2)
             : text;
}
}  // namespace

bool is_same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

bool accepts_type(std::span<const std::string> accepted, std::string_view content_type) {
  const auto end = std::min(content_type.find(';'), content_type.size());
  const auto type = trim(content_type.substr(0, end));
  if (std::ranges::none_of(accepted, [&](const auto& one) { return is_same_word(one, type); }))
    return false;
  content_type.remove_prefix(end);
  while (!content_type.empty()) {
    content_type.remove_prefix(1);  // ';'
    const auto parameter = content_type.substr(0, content_type.find(';'));
    content_type.remove_prefix(parameter.size());
    const auto equals = std::min(parameter.find('='), parameter.size());
    if (!is_same_word(trim(parameter.substr(0, equals)), "charset")) continue;
    const auto charset =
        without_quotes(trim(parameter.substr(std::min(equals + 1, parameter.size()))));
    if (!is_same_word(charset, "utf-8") && !is_same_word(charset, "utf8")) return false;
  }
  return true;
}

bool is_text(std::string_view content_type) {
  const auto type = trim(content_type.substr(0, content_type.find(';')));
  return type.starts_with("text/") || type.ends_with("json") || type.ends_with("xml") ||
         type.ends_with("javascript");
}

std::string joined(std::span<const std::string> types) {
  std::string result;
  for (const auto& type : types) {
    if (!result.empty()) result += ", ";
    result += type;
  }
  return result;
}
}  // namespace legwork::plugin
