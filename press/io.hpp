#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::press {
/// All input of one run, in bytes. A chart with forty years of results has a few million.
inline constexpr std::size_t input_limit = std::size_t{1} << 30;

struct File {
  std::string name;  ///< as it was given; "standard input" for "-"
  std::string text;
};

/// Errors: missing      no such file, or a folder
///         unavailable  larger than the limit, or the system refuses
Result<std::string> read_file(const std::string& path, std::size_t limit);

/// The files of a folder that end as asked, by name. Folders in it are not entered.
/// Errors: missing      no such folder, or no such file in it
///         unavailable  the system refuses
Result<std::vector<std::string>> files_in(const std::string& folder,
                                          std::span<const std::string_view> endings);

/// The files that the paths of charts mean: files as they are, of folders their .json, .ndjson and
/// .xml files.
Result<std::vector<std::string>> chart_files(std::span<const std::string> paths);

/// Reads charts: files, folders (their .json, .ndjson and .xml files) and "-" (standard input), in
/// this order; together no more than the limit.
Result<std::vector<File>> read_charts(std::span<const std::string> paths, std::size_t limit);

/// Writes a file whole or not at all: a reader finds the old bytes or the new ones, whenever the
/// machine stops. "-" is standard output; a device or pipe is written to as it is.
/// Errors: unavailable  the system refuses; what was at the path is as it was
Result<void> write_file(const std::string& path, std::string_view bytes);
}  // namespace legwork::press
