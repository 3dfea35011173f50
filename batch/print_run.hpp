#pragma once

#include "base/result.hpp"
#include "batch/binding.hpp"
#include "batch/gather.hpp"
#include "batch/reports.hpp"
#include "batch/worklist_files.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace legwork::batch {
/// What a print run came to.
struct PrintCounts {
  std::uint64_t files = 0;
  std::uint64_t without_ward = 0;  ///< patients, of those who are reported
};

/// Where the files of a print run stand.
std::string print_folder(const std::string& out);

/// Binds the reports of each ward into a file, or several, on as many threads as there are jobs.
/// `about` is what each says of itself; its title goes before the ward's name. What an interrupted
/// run finished is left as it is.
///
/// Errors: unavailable  the system refuses
///         malformed    a report is damaged
Result<PrintCounts> print_all(const std::string& out, const Rows& rows, const Reports& reports,
                              const Binding& about, std::size_t jobs, Progress& progress);
}  // namespace legwork::batch
