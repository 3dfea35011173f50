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

/// Files with fewer lines than the server says that they have.
std::vector<std::string> files_cut_short(const std::vector<InputFile>& files,
                                         const ExportManifest& said, const Gathered& gathered);

/// Whether the server did not deliver everything, by its own words.
bool is_partial(const Delivered& delivered);

struct MadeWith {
  const causes::Provenance& provenance;  ///< of the pack
  Day as_of;
};

/// The manifest.json of a run.
std::string manifest_of(const Counts& counts, const Delivered& delivered, const MadeWith& with);

/// What a finished run counted, from its manifest.
/// Errors: missing, unavailable  it cannot be read
///         malformed             it is not what a run writes
Result<Counts> counts_of(const std::string& out);
}  // namespace legwork::batch
