#include "report/markup.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace legwork::report {
namespace {
std::string escape_lines(std::string_view text, std::string_view line_break) {
  std::string out;
  out.reserve(text.size());
  for (;;) {
    const auto end = std::min(text.find('\n'), text.size());
    out += escape_markup(clean(text.substr(0, end)));
    if (end == text.size()) return out;
    out += line_break;
    text.remove_prefix(end + 1);
  }
}
}  // namespace

/// U+FFFE and U+FFFF are no characters, and no XML may hold them.
std::string clean(std::string_view text) {
  auto out = printable(text);
  for (const std::string_view noncharacter : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (auto at = out.find(noncharacter); at != out.npos; at = out.find(noncharacter, at))
      out.replace(at, noncharacter.size(), "\xEF\xBF\xBD");
  return out;
}

std::string escaped(std::string_view text) { return escape_lines(text, "\n"); }
std::string escaped_lines(std::string_view text) { return escape_lines(text, "<br/>"); }

std::string markup(const Text& text) {
  std::string out;
  for (const auto& [words, tone, link] : text) {
    auto inner = escaped_lines(words);
    if (!link.empty()) inner = "<a href=\"" + escaped(link) + "\">" + inner + "</a>";
    switch (tone) {
      case Tone::plain:
        out += inner;
        break;
      case Tone::strong:
        out += element("strong", inner);
        break;
      case Tone::quiet:
        out += element("span", "quiet", inner);
        break;
      case Tone::alarm:
        out += element("strong", "signal", inner);
        break;
      case Tone::claim:
        out += element("em", inner);
        break;
    }
  }
  return out;
}

std::string element(std::string_view tag, std::string_view inner) {
  return inner.empty() ? std::string() : fmt::format("<{0}>{1}</{0}>", tag, inner);
}

std::string element(std::string_view tag, std::string_view css_class, std::string_view inner) {
  return inner.empty() ? std::string()
                       : fmt::format("<{0} class=\"{1}\">{2}</{0}>", tag, css_class, inner);
}

bool runs_right_to_left(std::string_view language) {
  // Source: the scripts of these languages in the IANA registry (Suppress-Script) and CLDR
  constexpr std::array<std::string_view, 9> languages = {"ar", "ckb", "dv", "fa", "he",
                                                         "ps", "sd",  "ur", "yi"};
  const auto primary = language.substr(0, language.find('-'));
  return std::ranges::find(languages, primary) != languages.end();
}
}  // namespace legwork::report
