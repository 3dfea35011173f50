#pragma once

#include "base/date.hpp"
#include "batch/export_manifest.hpp"
#include "batch/gather.hpp"
#include "batch/run.hpp"
#include "causes/assessment.hpp"

#include <string>

namespace legwork::batch {
struct MadeWith {
  const causes::Provenance& provenance;  ///< of the pack
  Day as_of;
};

/// The manifest.json of a finished run: counts that add up, and what the server said of the export,
/// for what is not here is unknown.
std::string manifest_of(const Counts& counts, const ExportManifest& said, const Gathered& gathered,
                        const MadeWith& with);
}  // namespace legwork::batch
