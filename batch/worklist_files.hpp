#pragma once

#include "base/result.hpp"
#include "batch/worklist_page.hpp"
#include "press/mapped_file.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::batch {
/// The rows of all shelves where they stand on disk, in the order that patients are to be seen in.
struct Rows {
  std::vector<press::MappedFile> files;
  std::vector<std::string_view> lines;
};

/// Errors: unavailable  a part cannot be read
Result<Rows> find_rows(const std::string& out, std::size_t shelves);

/// Writes worklist.csv and worklist.html.
/// Errors: unavailable  the system refuses
Result<void> write_worklist(const std::string& out, const Rows& rows, const WorklistFrame& frame);
}  // namespace legwork::batch
