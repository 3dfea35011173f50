#pragma once

#include "report/page.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// How PDF spells numbers, strings and references (PDF 32000-1, 7.3). No locale has a say in it.
namespace legwork::report {
/// At most `decimals` digits after the point, and none that are needless: "12.5", "0", "-.25"
/// never.
void append_number(std::string& out, double value, int decimals = 2);
void append_integer(std::string& out, std::int64_t value);

/// Four digits, as a glyph's code in a hexadecimal string.
void append_hex16(std::string& out, unsigned value);

std::string byte_string(std::string_view bytes);  ///< "<48692E>"
std::string text_string(std::string_view utf8);   ///< "<FEFF00480069>"
std::string date_string(std::string_view iso);    ///< "2026-11-22T00:00:00Z": <443A3230...>
std::string name(std::string_view text);          ///< "/H1"
std::string reference(int number);                ///< "12 0 R"

/// A box as PDF sees it, upwards from the page's lower edge: "[40 700 120 712]".
std::string rectangle(const Box& box, Length page_height);
}  // namespace legwork::report
