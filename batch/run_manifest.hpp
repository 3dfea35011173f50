#pragma once

#include "base/date.hpp"
#include "batch/export_manifest.hpp"
#include "batch/gather.hpp"
#include "batch/run.hpp"
#include "causes/assessment.hpp"

#include <string>
#include <vector>

namespace legwork::batch {
struct MadeWith {
  const causes::Provenance& provenance;  ///< of the pack
  Day as_of;
};

/// Files with fewer lines than the server says that they have.
std::vector<std::string> files_cut_short(const std::vector<InputFile>& files,
                                         const ExportManifest& said, const Gathered& gathered);

/// Whether the server did not deliver everything, by its own words.
bool is_partial(const ExportManifest& said, const Gathered& gathered);

/// The manifest.json of a finished run: counts that add up, and what the server said of the export,
/// for what is not here is unknown.
std::string manifest_of(const Counts& counts, const ExportManifest& said, const Gathered& gathered,
                        const MadeWith& with);
}  // namespace legwork::batch
