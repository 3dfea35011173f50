#pragma once

#include <optional>
#include <string_view>

namespace legwork::causes {
/// What is needed to turn mass into amount of substance, or arbitrary units into mass.
struct Analyte {
  std::optional<double> molar_mass;  ///< g/mol
};

/// Whether a text is a valid UCUM unit (case sensitive), annotations and all.
/// Source: https://ucum.org/ucum, sections 2 to 4
bool is_unit(std::string_view ucum);

/// The value in another unit, or nothing: a unit is unknown, or the two do not measure the same kind
/// of thing. Mass and moles are bridged by the analyte's molar mass. Arbitrary units ([IU]) convert
/// only into themselves with a prefix ([IU] to k[IU]), as UCUM demands (section 3.6, §24).
/// Affine units (Cel, [degF]) and HbA1c's % to mmol/mol are not ratios: Cel is handled here, HbA1c by
/// the pack's own conversion.
/// Cost: a parse of both units, no allocation; bench/units.cpp
std::optional<double> convert(double value, std::string_view from, std::string_view to,
                              Analyte analyte = {});
}  // namespace legwork::causes
