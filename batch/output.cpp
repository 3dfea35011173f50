#include "batch/output.hpp"

#include "batch/archive.hpp"
#include "batch/file.hpp"
#include "batch/join.hpp"
#include "batch/parts.hpp"
#include "press/io.hpp"

#include <fcntl.h>

#include <cerrno>
#include <filesystem>
#include <vector>

namespace legwork::batch {
namespace {
namespace fs = std::filesystem;

Result<void> refused(const std::error_code& error, const std::string& path) {
  if (!error) return {};
  errno = error.value();
  return failed(path);
}
}  // namespace

bool is_complete(const std::string& out) {
  std::error_code error;
  return fs::exists(out + "/manifest.json", error) && !fs::exists(work_folder(out), error);
}

Result<void> prepare_output(const std::string& out, Shelving shelving) {
  std::error_code error;
  fs::create_directories(names_folder(out), error);
  if (!error && shelving == Shelving::files) fs::create_directories(out + "/reports", error);
  if (error) return refused(error, out);
  for (fs::recursive_directory_iterator at(out, error), end; !error && at != end;
       at.increment(error)) {
    const auto& path = at->path();
    if (path.extension() == ".part") fs::remove(path, error);
  }
  return {};
}

Result<void> join_all(const std::string& out, const std::string& gathered, Shelving shelving,
                      Journal& journal) {
  std::vector<Joining> all = {{"assessments", "assessments.ndjson"},
                              {"documents", "documents.ndjson"},
                              {"orders", "servicerequests.ndjson"},
                              {"rejects", "rejects.ndjson", gathered}};
  if (shelving == Shelving::archive)
    all.push_back({"reports", archive_name, {}, [&](const File& file, std::uint64_t length) {
                     return write_directory(out, journal.shelves(), file, length);
                   }});
  for (const auto& one : all)
    if (auto joined = join(out, one, journal); !joined) return joined;
  return {};
}

Result<void> conclude_output(const std::string& out, const std::string& manifest) {
  // Names that files were given are on disk before what they were made from goes.
  if (!File(out, O_RDONLY | O_DIRECTORY).sync_all()) return failed(out);
  if (auto written = press::write_file(out + "/manifest.json", manifest); !written) return written;
  std::error_code error;
  fs::remove(journal_path(out), error);  // first: it promises that the parts are there
  fs::remove_all(work_folder(out), error);
  return refused(error, work_folder(out));
}
}  // namespace legwork::batch
