#pragma once

#include <optional>
#include <string_view>

namespace legwork::causes {
/// What is needed to turn a mass into an amount of substance.
struct Analyte {
  std::optional<double> molar_mass;  ///< g/mol
};

/// Whether a text is a valid UCUM unit (case sensitive), annotations and all. Special units (Cel,
/// dB, [pH]) are units only alone: no products, no powers. Texts longer than any real unit (256
/// bytes, 16 parentheses in each other, powers of 1000) are not units.
/// Source: https://ucum.org/ucum, sections 2 to 4
bool is_unit(std::string_view ucum);

/// The value in another unit, or nothing: a unit is unknown, the two do not measure the same kind
/// of thing, or the result is no finite number. Where the units differ by a power of ten the result
/// is that of one multiplication or division, so that a value at a threshold stays at it.
///
/// Mass and moles are bridged by the analyte's molar mass, where a unit says `mol` itself: an
/// equivalent (`eq`) has no mass before its charge is known. Arbitrary units ([IU]) convert only
/// into themselves with a prefix ([IU] to k[IU]), as UCUM demands (section 3.2).
///
/// UCUM makes `eq` one `mol`, which holds for single charges only, and `%` a number like mmol/mol:
/// what is otherwise (magnesium in meq/L, HbA1c in %) is for the pack's own conversion, asked
/// first. Cost: a parse of both units, no allocation; bench/units.cpp
std::optional<double> convert(double value, std::string_view from, std::string_view to,
                              Analyte analyte = {});
}  // namespace legwork::causes
