#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::report {
/// Appends `text` as well-formed UTF-8 in which '\n' is the only line end and ' ' stands for tabs.
/// Malformed bytes become U+FFFD. Returns whether the text was well formed.
bool append_clean(std::string& out, std::string_view text);

/// The character that begins at `at`, which moves past it. The text is well formed.
char32_t next_character(std::string_view text, std::size_t& at);

/// The end of the cluster that begins at `at`: a character with the marks and joiners that follow.
std::size_t cluster_end(std::string_view text, std::size_t at);

void append_utf8(std::string& out, char32_t character);
std::string code_point_name(char32_t character);  ///< "U+1F9B5"

/// What is printed where no font has a character: a symbol's name, if it is short, "[leg]", or the
/// number of any other, "[U+20000]".
std::string placeholder(char32_t character);

bool is_ascii(std::string_view text);
bool has_direction(std::string_view text);  ///< anything that reads right to left, or says so
bool reads_right_to_left(const std::string& language);  ///< BCP 47: "ar", "fa"
bool is_control(char32_t character);
bool is_ignorable(char32_t character);  ///< joiners, direction marks and the like: print as nothing

/// Of those, what says where lines break and which way they read: soft hyphens, direction marks. A
/// joiner is spelling: "ژاله‌خانی" is not a name without it.
bool is_layout_control(char32_t character);
char32_t mirrored(char32_t character);  ///< "(" for ")"

std::string composed(std::string_view text);    ///< NFC
std::string decomposed(std::string_view text);  ///< NFD

/// A text as ICU wants it, and where each of its units stands in the UTF-8.
struct Utf16 {
  std::u16string text;
  std::vector<std::uint32_t> byte;  ///< one for each unit, and the end
};
Utf16 to_utf16(std::string_view text);
}  // namespace legwork::report
