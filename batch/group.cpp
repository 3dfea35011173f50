#include "batch/group.hpp"

#include "batch/archive.hpp"
#include "batch/file.hpp"
#include "batch/parts.hpp"
#include "batch/rejects.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

// A file of its own for each report costs no fsync of its own: the system is told once for a whole
// group to put everything on disk, and only then is the group written down as done.

namespace legwork::batch {
namespace {
/// Whole or not at all, but on disk only when the group is.
bool put(const std::string& path, std::string_view bytes) {
  const auto part = path + ".part";
  return fresh(part).write(bytes) && ::rename(part.c_str(), path.c_str()) == 0;
}
}  // namespace

Group::Group(std::string out, std::size_t shelf, Shelving shelving)
    : out_(std::move(out)), shelf_(shelf), shelving_(shelving) {}

/// What waits goes to the file of the part, under the name that it has until the group is closed.
Result<void> Group::write(Part& part) {
  const auto path = part_path(out_, shelf_, part.kind) + ".part";
  const File file(path, O_WRONLY | O_CREAT | (part.begun ? O_APPEND : O_TRUNC), readable);
  if (!file.write(part.waiting)) return failed(path);
  part.begun = true;
  part.waiting.clear();
  return {};
}

Result<void> Group::add(std::string_view patient, const PatientResult& result) {
  if (!result.assessment.empty()) parts_[assessments].waiting += result.assessment + "\n";
  if (!result.row.empty()) parts_[rows].waiting += result.row + "\n";
  parts_[documents].waiting += result.document;
  parts_[orders].waiting += result.orders;
  if (result.fate == Fate::rejected)
    parts_[rejects].waiting += reject_line(patient, {0, 0, 0, {}, result.why});
  if (!result.pdf.empty())
    if (auto added = add_report(result); !added) return added;
  for (auto& part : parts_)
    if (part.waiting.size() >= worth_writing)
      if (auto written = write(part); !written) return written;
  return {};
}

Result<void> Group::add_report(const PatientResult& result) {
  if (shelving_ == Shelving::archive) {
    const auto entry = zip_entry(report_place(result.name), result.pdf);
    parts_[reports].waiting.append(zip_header(entry)).append(result.pdf);
    parts_[entries].waiting += line_of(entry);
    return {};
  }
  const auto path = out_ + "/reports/" + report_place(result.name);
  std::error_code ignored;
  std::filesystem::create_directory(std::filesystem::path(path).parent_path(), ignored);
  return put(path, result.pdf) ? Result<void>() : failed(path);
}

Result<void> Group::close() {
  for (auto& part : parts_) {
    if (auto written = write(part); !written) return written;
    const auto path = part_path(out_, shelf_, part.kind);
    if (::rename((path + ".part").c_str(), path.c_str()) != 0) return failed(path);
  }
  return File(out_, O_RDONLY | O_DIRECTORY).sync_all() ? Result<void>() : failed(out_);
}
}  // namespace legwork::batch
