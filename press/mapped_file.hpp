#pragma once

#include "base/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace legwork::press {
/// A file in memory, of which the system reads what is looked at. It must not be cut short while
/// the program runs: package managers put a new file in an old one's place instead.
struct MappedFile {
  std::shared_ptr<const void> owner;  ///< the bytes last as long as this does
  std::string_view bytes;
};

/// Errors: missing      no such file
///         unavailable  not a file, or the system refuses
///         malformed    empty
Result<MappedFile> map_file(const std::string& path);
}  // namespace legwork::press
