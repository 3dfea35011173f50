#pragma once

#include "batch/input.hpp"
#include "batch/medications.hpp"
#include "batch/rejects.hpp"
#include "batch/shelves.hpp"
#include "fhir/vocabulary.hpp"

#include <atomic>
#include <cstdint>
#include <vector>

namespace legwork::batch {
/// How far reading has come; read by who shows it.
struct Progress {
  std::atomic<std::uint64_t> bytes{0}, rejects{0}, patients{0};
};

/// Every line of the input, by what became of it: read is the sum of the others.
struct LineCounts {
  std::uint64_t read = 0, used = 0, not_needed = 0, rejected = 0;
};

struct Gathered {
  LineCounts lines;
  std::vector<Reject> rejects;      ///< in the order of the input
  std::vector<std::string> places;  ///< of the rejects: "Condition.ndjson:17"
};

/// Reads an export, once, with `jobs` threads: what charts need goes to the shelves of its
/// patients, drugs that stand alone to the medications. A line that cannot be used costs only
/// itself, a file that cannot be read only its rest; each is a reject.
///
/// Errors: unavailable  a shelf could not be written
Result<Gathered> gather(const std::vector<InputFile>& files, const fhir::Vocabulary& vocabulary,
                        std::size_t jobs, Shelves& shelves, Medications& medications,
                        Progress& progress);
}  // namespace legwork::batch
