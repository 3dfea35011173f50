#pragma once

#include "base/result.hpp"
#include "batch/group.hpp"
#include "batch/journal.hpp"

#include <string>

namespace legwork::batch {
/// Makes the folders of a run, and takes away what was half done when one was killed.
Result<void> prepare_output(const std::string& out, Shelving shelving);

/// Puts the parts of all shelves together into the run's files. `gathered`: lines of rejects.ndjson
/// that stand before those of patients. Gone on with where it was interrupted.
Result<void> join_all(const std::string& out, const std::string& gathered, Shelving shelving,
                      Journal& journal);

/// Writes the manifest, which says that all the rest is there, and takes away what is not needed
/// any more.
Result<void> conclude_output(const std::string& out, const std::string& manifest);

/// Whether the run in that folder came to its end.
bool is_complete(const std::string& out);
}  // namespace legwork::batch
