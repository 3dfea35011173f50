#include "plugin/markdown.hpp"

#include "base/text.hpp"

namespace legwork::plugin {
namespace {
/// Whether "http", "www" and the like would be made a link by what stands here.
bool makes_link(std::string_view text, std::size_t at) {
  const auto rest = text.substr(at);
  const auto before = text.substr(0, at);
  return rest.starts_with("://") || (rest[0] == '.' && before.ends_with("www")) || rest[0] == '@';
}

bool is_special(char c) {
  return std::string_view("\\`*_[]<>#|~&!").find(c) != std::string_view::npos;
}

/// "-", "+", "=" or "12." at the beginning of a line would make a list or a heading of it.
std::size_t marker(std::string_view text) {
  if (text.empty()) return text.npos;
  if (text[0] == '-' || text[0] == '+' || text[0] == '=') return 0;
  const auto digits = text.find_first_not_of("0123456789");
  const bool numbers = digits != 0 && digits != text.npos;
  return numbers && (text[digits] == '.' || text[digits] == ')') ? digits : text.npos;
}
}  // namespace

std::string escape_markdown(std::string_view text) {
  text = trim(text);
  const std::size_t mark = marker(text);
  std::string out;
  out.reserve(text.size() + 8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      continue;
    }
    if (is_special(text[i]) || i == mark || makes_link(text, i)) out += '\\';
    out += text[i];
  }
  return out;
}

std::size_t length(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    count += (byte & 0xC0) != 0x80;  // the first byte of a character
    count += byte >= 0xF0;           // of four
  }
  return count;
}

std::string cut_at_word(std::string_view text, std::size_t longest) {
  if (length(text) <= longest) return std::string(text);
  std::string_view kept;
  for (auto space = text.find(' '); space != text.npos; space = text.find(' ', space + 1)) {
    if (length(text.substr(0, space)) + 2 > longest) break;
    kept = text.substr(0, space);
  }
  while (!kept.empty() && (kept.back() == ',' || kept.back() == ';' || kept.back() == ':'))
    kept.remove_suffix(1);
  return std::string(kept) + (kept.empty() ? "…" : " …");
}
}  // namespace legwork::plugin
