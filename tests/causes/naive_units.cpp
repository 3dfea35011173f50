#include "causes/units.hpp"
#include "tests/causes/naive.hpp"

#include <algorithm>
#include <cctype>

namespace legwork::tests {
namespace {
using namespace causes;

std::string without_space(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isspace(c); });
  return text;
}

/// "a spelling that is not UCUM (compared after white space is dropped), and what it means.
/// `only` limits it to some concepts."
std::string repaired(const std::string& unit, fhir::ConceptId id, const Pack& pack) {
  for (const UnitRepair& repair : pack.unit_repairs) {
    const bool here = repair.only.empty() ||
                      std::find(repair.only.begin(), repair.only.end(), id) != repair.only.end();
    if (here && repair.from == without_space(unit)) return repair.to;
  }
  return unit;
}

bool is_of_equivalents(const std::string& unit) { return unit.find("eq") != unit.npos; }

/// What a conversion of the pack's own starts from, out of the unit that was sent: the same, or
/// both are equivalents, of which UCUM does not know the charge.
std::optional<double> to_start_of(const Concept::Conversion& conversion, double value,
                                  const std::string& unit) {
  if (conversion.from == unit) return value;
  if (!is_of_equivalents(unit) || !is_of_equivalents(conversion.from)) return {};
  return convert(value, unit, conversion.from);
}
}  // namespace

// The pack's own conversion is asked first; then UCUM, with the molar mass. Only what is not UCUM
// is repaired. Where the pack gives no unit, the bare number is meant.
std::optional<double> naive_in_pack_unit(fhir::ConceptId id, double value, const std::string& unit,
                                         const Pack& pack) {
  const Concept& analyte = pack.concepts[id];
  if (analyte.unit.empty() || (analyte.unit == "1" && unit.empty())) return value;
  for (const std::string& meant : {unit, repaired(unit, id, pack)}) {
    for (const Concept::Conversion& conversion : analyte.conversions) {
      const auto start = to_start_of(conversion, value, meant);
      if (start) return *start * conversion.factor + conversion.offset;
    }
    if (const auto made = convert(value, meant, analyte.unit, {analyte.molar_mass})) return made;
  }
  return {};
}
}  // namespace legwork::tests
