#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::batch {
/// One file to be printed: some patients of a ward, the most urgent first.
struct PrintFile {
  std::string name;                    ///< "Ward 3.pdf", "Ward 3-02.pdf"
  std::string ward;                    ///< "" for who is on none
  std::size_t number = 1, count = 1;   ///< of the ward's files
  std::vector<std::string_view> rows;  ///< lines of the worklist
};

/// So many patients are in memory at a time, and so many sheets in a stack.
inline constexpr std::size_t patients_in_file = 100;

/// The files of a print run, by ward. `rows`: lines of the worklist in their order. Names are made
/// from the wards', so that every system can hold them and no two are the same.
std::vector<PrintFile> plan_print(const std::vector<std::string_view>& rows);

/// The ward's name as far as a file's may be like it; "no ward" for "".
std::string file_name(std::string_view ward);
}  // namespace legwork::batch
