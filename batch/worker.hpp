#pragma once

#include "base/result.hpp"
#include "batch/gather.hpp"
#include "batch/journal.hpp"
#include "batch/patients.hpp"
#include "batch/record_lines.hpp"

#include <cstddef>
#include <string>

namespace legwork::batch {
struct WorkerOptions {
  int pipe = 0;     ///< where sorted records are read
  std::string out;  ///< folder of the run, whose reports/ the reports go to; "": into the lines
  std::size_t limit = 0;  ///< bytes of one patient's records
};

struct Worked {
  PatientCounts patients;
  LineCounts lines;  ///< of those that are rejected here
  bool is_partial = false;
};

/// Reads sorted records and writes a line for each patient, as soon as the patient's last record is
/// known to have come: one patient at a time is in memory, and the drugs' table. A record that is
/// no JSON costs only itself, and is handed on as a reject; a patient with more than `limit` is
/// rejected. A report is in its folder, whole, before its line is written; it is called the same
/// whoever makes it, so that doing it again does no harm.
///
/// Errors: unsupported  the records are not sorted
///         unavailable  they end too early; something cannot be read or written
Result<Worked> work(const WorkerOptions& options, Making making, const WriteLines& write);
}  // namespace legwork::batch
