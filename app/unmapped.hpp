#pragma once

#include "base/result.hpp"
#include "fhir/unmapped.hpp"

#include <string>

namespace legwork::app {
/// The codes that a pack could not place, as a map (docs/site-codes.md) whose concepts are still to
/// be filled in.
std::string to_csv(const fhir::Unmapped& unmapped);

/// Lists the codes that the pack could not place: as CSV in a file, for "-" as a table on standard
/// error, for "" nowhere.
Result<void> write_unmapped(const fhir::Unmapped& unmapped, const std::string& path);
}  // namespace legwork::app
