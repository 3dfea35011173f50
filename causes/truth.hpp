#pragma once

#include <algorithm>
#include <cstdint>

namespace legwork::causes {
/// The answer of a criterion. Silence in a chart is `unknown`, never `no`.
/// The order makes Kleene's strong logic a minimum and a maximum.
enum class Truth : std::uint8_t { no, unknown, yes };

constexpr Truth both(Truth a, Truth b) { return std::min(a, b); }
constexpr Truth either(Truth a, Truth b) { return std::max(a, b); }
constexpr Truth opposite(Truth a) {
  return static_cast<Truth>(static_cast<int>(Truth::yes) - static_cast<int>(a));
}
constexpr Truth truth(bool value) { return value ? Truth::yes : Truth::no; }
}  // namespace legwork::causes
