#include "plugin/config_values.hpp"

#include <array>
#include <boost/url/parse.hpp>
#include <charconv>
#include <utility>

namespace legwork::plugin {
namespace {
struct Number {
  std::size_t value;
  std::string_view unit;
};

/// "10 s" is 10 and "s".
std::optional<Number> read_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number.value);
  if (error != std::errc()) return std::nullopt;
  number.unit = text.substr(static_cast<std::size_t>(end - text.data()));
  while (number.unit.starts_with(' ')) number.unit.remove_prefix(1);
  return number;
}

/// The number in its smallest unit; nothing where its unit is not listed, or it is too large.
template <std::size_t count>
std::optional<std::size_t> in_units(
    std::string_view text,
    const std::array<std::pair<std::string_view, std::size_t>, count>& units) {
  constexpr std::size_t largest = std::size_t{1} << 40;
  const auto number = read_number(text);
  if (!number || number->value > largest) return std::nullopt;
  for (const auto& [unit, size] : units)
    if (number->unit == unit) return number->value * size;
  return std::nullopt;
}

bool is_web(const boost::urls::url_view& url) {
  return (url.scheme() == "https" || url.scheme() == "http") && !url.host().empty() &&
         !url.has_userinfo() && !url.has_query() && !url.has_fragment();
}
}  // namespace

std::optional<std::size_t> read_size(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::size_t>, 4> units = {
      {{"", 1}, {"B", 1}, {"KB", std::size_t{1} << 10}, {"MB", std::size_t{1} << 20}}};
  return in_units(text, units);
}

std::optional<std::chrono::milliseconds> read_time(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::size_t>, 3> units = {
      {{"ms", 1}, {"s", 1000}, {"min", 60'000}}};
  const auto time = in_units(text, units);
  if (!time) return std::nullopt;
  return std::chrono::milliseconds(*time);
}

std::optional<std::size_t> read_count(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::size_t>, 1> units = {{{"", 1}}};
  return in_units(text, units);
}

std::optional<bool> read_switch(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

std::optional<std::string> read_base_url(std::string_view text) {
  while (text.ends_with('/')) text.remove_suffix(1);
  const auto url = boost::urls::parse_uri({text.data(), text.size()});
  if (!url || !is_web(*url)) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> read_origin(std::string_view text) {
  auto url = read_base_url(text);
  if (!url || !boost::urls::parse_uri(*url)->encoded_path().empty()) return std::nullopt;
  return url;
}
}  // namespace legwork::plugin
