#pragma once

#include "batch/input.hpp"
#include "batch/medications.hpp"
#include "batch/named_subjects.hpp"
#include "batch/rejects.hpp"
#include "batch/shelves.hpp"
#include "fhir/vocabulary.hpp"

#include <atomic>
#include <cstdint>
#include <vector>

namespace legwork::batch {
/// How far a run has come; read by who shows it. Reading is over when making reports begins.
struct Progress {
  std::atomic<std::uint64_t> bytes{0}, all_bytes{0};  ///< of the input, as it is packed
  std::atomic<std::uint64_t> groups{0},
      all_groups{0};  ///< of patients; none before reading is over
  std::atomic<std::uint64_t> patients{0}, rejects{0};
  std::atomic<std::uint64_t> printed{0}, all_printed{0};  ///< files; none before reports are made
};

/// Every line of the input, by what became of it: read is the sum of the others.
struct LineCounts {
  std::uint64_t read = 0, used = 0, not_needed = 0, rejected = 0;
};

struct Gathered {
  LineCounts lines;
  std::vector<Reject> rejects;      ///< in the order of the input
  std::vector<std::string> places;  ///< of the rejects: "Condition.ndjson:17"
  std::uint64_t deletions = 0;      ///< resources that the server says are gone,
  std::uint64_t left_out = 0;       ///< and those of them, or of such patients, that were found
  std::uint64_t problems = 0;       ///< OperationOutcomes: what the server could not deliver
  std::vector<std::uint64_t> lines_of_files;  ///< read from each InputFile
};

/// Reads an export, once, with `jobs` threads: what charts need goes to the shelves of its
/// patients, drugs that stand alone to the medications. A line that cannot be used costs only
/// itself, a file that is damaged only its rest; each is a reject. `named` is used up.
///
/// Errors: unavailable  a file could not be read, or a shelf not be written
Result<Gathered> gather(const std::vector<InputFile>& files, const fhir::Vocabulary& vocabulary,
                        std::size_t jobs, Shelves& shelves, NamedSubjects& named,
                        Medications& medications, Progress& progress);
}  // namespace legwork::batch
