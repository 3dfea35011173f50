#pragma once

#include "base/date.hpp"
#include "base/result.hpp"
#include "batch/gather.hpp"
#include "batch/group.hpp"
#include "batch/manifest.hpp"
#include "batch/patients.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace legwork::batch {
/// Anew, in a folder that holds no run; or from where a run was interrupted, be it before it began.
enum class Begin : std::uint8_t { anew, go_on };

/// Whether reports are bound ward by ward, to be printed.
enum class PrintRun : std::uint8_t { none, by_ward };

struct Options {
  std::string input;  ///< folder of the export
  std::string out;    ///< folder of the result
  std::size_t jobs = 1;
  std::uint64_t memory = 0;  ///< bytes for what waits to be assessed
  Begin begin = Begin::anew;
  Shelving shelving = Shelving::files;
  PrintRun print_run = PrintRun::none;
};

/// Turns an export into reports. In `out`:
///
///     reports/3f/3f9a….pdf    one a patient, named by a keyed digest; or all in reports.zip
///     print/Ward 3.pdf        those of a ward, where there is to be a print run
///     assessments.ndjson      one line for each patient who was reported, or unchanged
///     worklist.csv, .html     who was reported, most urgent first
///     documents.ndjson        the reports as DocumentReferences, to be filed
///     servicerequests.ndjson  the work-up as proposals of orders
///     rejects.ndjson          what could not be used: place and reason
///     manifest.json           counts that add up
///
/// What was begun and interrupted is gone on with where `begin` says so, and the files are then the
/// same, byte for byte, as those of an unbroken run.
///
/// Errors: missing      no input
///         unsupported  `out` holds another run, or one that is not to be gone on with
///         unavailable  no room, no permission: what was done is kept
Result<Counts> run(const Options& options, const Making& making, Progress& progress);
}  // namespace legwork::batch
