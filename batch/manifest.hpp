#pragma once

#include "base/result.hpp"
#include "batch/export_manifest.hpp"
#include "batch/gather.hpp"
#include "batch/journal.hpp"
#include "batch/patients.hpp"
#include "batch/print_run.hpp"

#include <string>
#include <vector>

namespace legwork::batch {
struct Counts {
  LineCounts lines;
  PatientCounts patients;
  PrintCounts print;
  bool is_partial = false;  ///< the server did not deliver everything
};

/// How complete the export was: what is not here is unknown.
struct Delivered {
  const ExportManifest& said;
  const Gathered& gathered;
  const std::vector<std::string>& cut_short;  ///< files with fewer lines than was said
};

/// The manifest.json of a run.
std::string manifest_of(const Counts& counts, const Delivered& delivered, const Making& making);

/// What a finished run counted, from its manifest.
/// Errors: missing, unavailable  it cannot be read
///         malformed             it is not what a run writes
Result<Counts> counts_of(const std::string& out);
}  // namespace legwork::batch
