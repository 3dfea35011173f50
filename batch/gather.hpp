#pragma once

#include "batch/deletions.hpp"
#include "batch/input.hpp"
#include "batch/medications.hpp"
#include "batch/named_subjects.hpp"
#include "batch/rejects.hpp"
#include "batch/shelves.hpp"
#include "fhir/vocabulary.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
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
  std::uint64_t breaks = 0;         ///< line breaks in all files
  std::vector<std::uint64_t> lines_of_files;  ///< read from each InputFile
};

/// What one thread does with what it finds.
struct Hand {
  std::function<Result<void>(const Record&)> put;             ///< a patient's
  std::function<Result<void>(const Record&)> put_medication;  ///< a drug that stands alone
  /// A patient has that identifier.
  std::function<Result<void>(std::string_view identifier, std::string_view reference)> add_patient;
  /// A record that names its patient by an identifier.
  std::function<Result<void>(const NamedSubjects::Waiting&)> wait;
  std::function<Result<void>()> put_down;  ///< all that is left in the hand
};

/// Where what is read goes. Shared by all threads.
struct Destinations {
  std::function<Hand()> hand;  ///< a new one for a thread
  /// When all is read: brings those that wait to their patients; of whom that cannot be, hands over
  /// the reject.
  std::function<Result<void>(const std::function<void(Reject)>&)> resolve;
  Deletions& deletions;  ///< complete before other files are read
  Progress& progress;
};

/// To shelves, from which whole patients are taken. `named` is used up.
Destinations onto_shelves(Shelves& shelves, NamedSubjects& named, Medications& medications,
                          Deletions& deletions, Progress& progress);

/// Reads an export, once, with `jobs` threads, and puts what charts need where it belongs. A line
/// that cannot be used costs only itself, a file that is damaged only its rest; each is a reject.
///
/// Errors: unavailable  a file could not be read, or something not be put where it belongs
Result<Gathered> gather(const std::vector<InputFile>& files, const fhir::Vocabulary& vocabulary,
                        std::size_t jobs, const Destinations& to);
}  // namespace legwork::batch
