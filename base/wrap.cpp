#include "base/wrap.hpp"

#include <algorithm>

namespace legwork {
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;  // not a continuation byte
  }));
}

std::vector<std::string> wrap(std::string_view text, std::size_t limit) {
  constexpr std::string_view white = " \t\n\r";
  std::vector<std::string> lines(1);
  for (;;) {
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(white)));
    if (text.empty()) return lines;
    const auto word = text.substr(0, text.find_first_of(white));
    text.remove_prefix(word.size());
    std::string& line = lines.back();
    if (line.empty()) {
      line = word;
    } else if (columns(line) + 1 + columns(word) <= limit) {
      line.append(" ").append(word);
    } else {
      lines.emplace_back(word);
    }
  }
}
}  // namespace legwork
