#pragma once

#include "base/result.hpp"
#include "batch/run.hpp"

#include <span>
#include <string>

namespace legwork::batch {
/// Makes the files of a run, those of `run`, from the results of its workers: one line after the
/// other, in whatever order, so that memory grows by some sixty bytes a patient and some hundred a
/// reject alone. A report that is not in the line must be in `out` already.
///
/// `results`: files, or "-" for standard input.
/// Errors: missing      a file is not there
///         unsupported  `out` holds a finished run; a worker was started otherwise than the others;
///                      a patient comes twice
///         malformed    a line that no worker wrote
///         unavailable  a worker did not come to its end; records that were sent have not come; the
///                      system refuses
Result<Counts> collect(std::span<const std::string> results, const std::string& out);
}  // namespace legwork::batch
