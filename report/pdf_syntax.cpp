#include "report/pdf_syntax.hpp"

#include "report/unicode.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace legwork::report {
namespace {
constexpr std::string_view hex_digits = "0123456789ABCDEF";

void append_hex8(std::string& out, unsigned value) {
  out += hex_digits[value >> 4 & 15];
  out += hex_digits[value & 15];
}
}  // namespace

void append_integer(std::string& out, std::int64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), end.ptr);
}

void append_number(std::string& out, double value, int decimals) {
  if (!(std::abs(value) < 1e9)) value = 0;  // also what is no number: a page has no such place
  std::int64_t unit = 1;
  for (int i = 0; i < decimals; ++i) unit *= 10;
  std::int64_t scaled = std::llround(value * static_cast<double>(unit));
  if (scaled < 0) {
    out += '-';
    scaled = -scaled;
  }
  append_integer(out, scaled / unit);
  std::int64_t rest = scaled % unit;
  if (rest != 0) out += '.';
  for (unit /= 10; rest != 0; unit /= 10) {
    out += static_cast<char>('0' + rest / unit);
    rest %= unit;
  }
}

void append_hex16(std::string& out, unsigned value) {
  append_hex8(out, value >> 8);
  append_hex8(out, value);
}

std::string byte_string(std::string_view bytes) {
  std::string out = "<";
  for (const char byte : bytes) append_hex8(out, static_cast<unsigned char>(byte));
  return out + '>';
}

std::string text_string(std::string_view utf8) {
  std::string clean;
  append_clean(clean, utf8);
  std::string out = "<FEFF";
  for (const char16_t unit : to_utf16(clean).text) append_hex16(out, unit);
  return out + '>';
}

std::string date_string(std::string_view iso) {
  std::string out = "D:";
  for (const char c : iso) {
    if (c >= '0' && c <= '9') out += c;
  }
  return byte_string(out + 'Z');
}

std::string name(std::string_view text) {
  std::string out = "/";
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '-' || c == '+' || c == '_';
    if (plain) {
      out += c;
    } else {
      out += '#';
      append_hex8(out, static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string reference(int number) { return std::to_string(number) + " 0 R"; }

std::string rectangle(const Box& box, Length page_height) {
  std::string out = "[";
  for (const Length edge :
       {box.left, page_height - box.bottom(), box.right(), page_height - box.top}) {
    append_number(out, edge.pt());
    out += ' ';
  }
  out.back() = ']';
  return out;
}
}  // namespace legwork::report
