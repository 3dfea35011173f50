#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace legwork::causes {
/// How a number on a unit's own scale becomes one on a ratio scale. All after `arbitrary` are what
/// UCUM calls special units (section 3.1).
enum class Scale : std::uint8_t {
  ratio,
  arbitrary,  ///< commensurable with itself only (section 3.2)
  celsius,
  fahrenheit,
  reaumur,
  tangent,          ///< a hundred times the tangent of an angle in radians
  tangent_degrees,  ///< … in degrees
  ln,
  lg,
  ld,
  twice_lg,
  minus_lg,
  homeopathic_c,
  homeopathic_m,
  homeopathic_q,
  square_root,
};

/// Whether prefixes may stand before a unit: UCUM's predicate "metric" (section 2.3).
enum class Prefixes : std::uint8_t { none, metric };

/// One unit atom: so many of another unit.
struct UnitDefinition {
  std::string_view code;  ///< case sensitive: "mol", "[in_i]"
  Prefixes prefixes;
  double value;
  std::string_view unit;  ///< in base units and atoms that stand before this one
  Scale scale = Scale::ratio;
};

struct UnitPrefix {
  std::string_view code;
  double factor = 1;  ///< times
  int tens = 0;       ///< ten to this power
};

/// The base units, each a dimension, in the order of UCUM's table.
inline constexpr std::string_view base_units[] = {"m", "s", "g", "rad", "K", "C", "cd"};
/// Base units and arbitrary units: each is a dimension of its own.
inline constexpr std::size_t dimension_count = std::size(base_units) + 40;

/// Longer codes first, so that "da" is found before "d".
std::span<const UnitPrefix> unit_prefixes();

/// All atoms of UCUM 2.2 but the base units; none uses one that stands after it.
/// Source: https://ucum.org/ucum, section 4
std::span<const UnitDefinition> unit_definitions();
}  // namespace legwork::causes
