#pragma once

#include "base/result.hpp"
#include "batch/file.hpp"
#include "batch/journal.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

// The parts of all shelves become one file, in the shelves' order. A part goes as soon as the file
// holds it for good: when a handful is on disk the journal notes how far that is, and only then are
// the parts deleted. So the disk need not hold everything twice, and who is killed goes on from
// what was noted, cutting off what was written after it.

namespace legwork::batch {
/// A file that parts make.
struct Joining {
  std::string_view kind;         ///< of the parts
  std::string_view name;         ///< of the file, in the run's folder
  std::string_view before = {};  ///< what stands before the first part
  /// Writes what stands after the last one, `length` bytes into the file. May be empty.
  std::function<Result<void>(const File& file, std::uint64_t length)> after = {};
};

/// Makes the file, or goes on with making it. It has its name when it is whole.
/// Errors: unavailable  the system refuses; what was done is kept
Result<void> join(const std::string& out, const Joining& joining, Journal& journal);
}  // namespace legwork::batch
