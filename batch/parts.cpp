#include "batch/parts.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace legwork::batch {
std::string work_folder(const std::string& out) { return out + "/.work"; }

std::string names_folder(const std::string& out) { return work_folder(out) + "/names"; }

std::string journal_path(const std::string& out) { return work_folder(out) + "/journal.sqlite"; }

std::string part_path(const std::string& out, std::size_t shelf, std::string_view kind) {
  return fmt::format("{}/{}-{:04}", work_folder(out), kind, shelf);
}

std::string report_place(std::string_view name) {
  return fmt::format("{}/{}.pdf", name.substr(0, 2), name);
}

tl::unexpected<Error> failed(const std::string& path) {
  return refuse(
      ErrorKind::unavailable, path,
      fmt::format("cannot be written: {}; make room there and run again", std::strerror(errno)));
}

File fresh(const std::string& path) { return {path, O_WRONLY | O_CREAT | O_TRUNC, readable}; }
}  // namespace legwork::batch
