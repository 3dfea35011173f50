#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::batch {
/// Every patient, by what became of them: seen is the sum of the others.
struct PatientCounts {
  std::uint64_t seen = 0, reported = 0, not_symptomatic = 0, rejected = 0;
  std::uint64_t unchanged = 0;  ///< since an earlier run, where one was given
};

/// How far the parts of a kind have become one file: those of the first shelves, that many bytes.
struct Joined {
  std::size_t shelves = 0;
  std::uint64_t length = 0;
};

/// What a run has done, in a SQLite file: which shelves are finished, and what of them has been
/// joined. A shelf is written down only when all that it gave is on disk, so what is written down
/// is never done again, and what is not is done whole.
class Journal {
 public:
  /// `run`: what the output depends on, as text; a journal of another run is not gone on with.
  ///
  /// Errors: unsupported  the journal is of another run
  ///         unavailable  it cannot be opened or written
  static Result<Journal> open(const std::string& path, const std::string& run, std::size_t shelves);
  ~Journal();
  Journal(Journal&&) noexcept;

  std::size_t shelves() const;  ///< of the run, as it was begun
  /// The counts of a shelf that is finished.
  std::optional<PatientCounts> finished(std::size_t shelf) const;
  /// Errors: unavailable  it cannot be written: the shelf is not finished
  Result<void> finish(std::size_t shelf, const PatientCounts& counts);

  Joined joined(std::string_view kind) const;
  /// Errors: unavailable  it cannot be written: the parts are still needed
  Result<void> note(std::string_view kind, const Joined& joined);

 private:
  struct State;
  explicit Journal(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};
}  // namespace legwork::batch
