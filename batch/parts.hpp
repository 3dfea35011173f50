#pragma once

#include "base/result.hpp"
#include "batch/file.hpp"

#include <cstddef>
#include <string>
#include <string_view>

// What a run has on its way stands in DIR/.work, in parts: one a shelf and kind.

namespace legwork::batch {
/// Where what is needed only while a run goes on stands: shelves, parts, the journal.
std::string work_folder(const std::string& out);
std::string names_folder(const std::string& out);  ///< within it, for shelves of identifiers
std::string journal_path(const std::string& out);
std::string part_path(const std::string& out, std::size_t shelf, std::string_view kind);

/// "3f/3f9a….pdf": where a report stands, be it in the folder or in the archive.
std::string report_place(std::string_view name);

/// What errno says, and what to do.
tl::unexpected<Error> failed(const std::string& path);

/// How much of a text waits before it is worth a call of the system.
inline constexpr std::size_t worth_writing = std::size_t{1} << 20;

inline constexpr unsigned readable = 0644;  ///< less the umask
/// A file that is written anew.
File fresh(const std::string& path);
}  // namespace legwork::batch
