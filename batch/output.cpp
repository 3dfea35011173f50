#include "batch/output.hpp"

#include "batch/file.hpp"
#include "batch/rejects.hpp"
#include "batch/worklist.hpp"
#include "press/io.hpp"
#include "press/mapped_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

// A file of its own for each report costs no fsync of its own: the system is told once for a whole
// group to put everything on disk, and only then is the group written down as done.

namespace legwork::batch {
namespace {
namespace fs = std::filesystem;

tl::unexpected<Error> failed(const std::string& path) {
  return refuse(ErrorKind::unavailable, path,
                fmt::format("cannot be written: {}; make room there and run again with --resume",
                            std::strerror(errno)));
}

constexpr std::size_t worth_writing = std::size_t{1} << 20;

constexpr unsigned readable = 0644;  // less the umask

/// A file that is written anew.
File fresh(const std::string& path) { return {path, O_WRONLY | O_CREAT | O_TRUNC, readable}; }

/// Whole or not at all, but on disk only when the group is.
bool put(const std::string& path, std::string_view bytes) {
  const auto part = path + ".part";
  return fresh(part).write(bytes) && ::rename(part.c_str(), path.c_str()) == 0;
}

std::string part_path(const std::string& out, std::size_t shelf, std::string_view kind) {
  return fmt::format("{}/{}-{:04}", work_folder(out), kind, shelf);
}

/// The parts of one kind after each other, as one file.
Result<void> join(const std::string& out, std::size_t shelves, std::string_view kind,
                  std::string_view before, const std::string& name) {
  const auto path = out + "/" + name;
  const auto part = path + ".part";
  const auto file = fresh(part);
  bool sound = file.write(before);
  std::error_code error;
  for (std::size_t i = 0; i < shelves && sound; ++i) {
    const auto from = part_path(out, i, kind);
    if (fs::file_size(from, error) == 0 && !error) continue;
    const auto text = press::map_file(from);
    if (!text) return tl::unexpected(text.error());
    sound = file.write(text->bytes);
  }
  if (!sound || !file.sync() || ::rename(part.c_str(), path.c_str()) != 0) return failed(path);
  return {};
}

/// The rows of all shelves where they stand on disk, in the order that patients are to be seen in.
struct Rows {
  std::vector<press::MappedFile> files;
  std::vector<std::string_view> lines;
};

Result<Rows> find_rows(const std::string& out, std::size_t shelves) {
  Rows rows;
  std::error_code error;
  for (std::size_t i = 0; i < shelves; ++i) {
    const auto path = part_path(out, i, "rows");
    if (fs::file_size(path, error) == 0 && !error) continue;
    auto file = press::map_file(path);
    if (!file) return tl::unexpected(file.error());
    const auto text = file->bytes;
    for (std::size_t at = 0; at < text.size();) {
      const auto end = text.find('\n', at);
      rows.lines.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    rows.files.push_back(std::move(*file));
  }
  std::ranges::sort(rows.lines);
  return rows;
}

Result<void> write_worklist(const std::string& out, std::size_t shelves,
                            const WorklistFrame& frame) {
  const auto rows = find_rows(out, shelves);
  if (!rows) return tl::unexpected(rows.error());
  const auto path = out + "/worklist.csv", part = path + ".part";
  const auto file = fresh(part);
  bool sound = true;
  auto csv = csv_headings();
  WorklistTotals totals;
  std::vector<WorklistRow> first;
  for (const auto line : rows->lines) {
    auto row = row_of_line(line);
    csv += csv_line(row);
    if (csv.size() >= worth_writing) {
      sound = sound && file.write(csv);
      csv.clear();
    }
    totals.add(row);
    if (first.size() < rows_on_page) first.push_back(std::move(row));
  }
  if (!sound || !file.write(csv) || !file.sync() || ::rename(part.c_str(), path.c_str()) != 0)
    return failed(path);
  return press::write_file(out + "/worklist.html", worklist_page(first, totals, frame));
}
}  // namespace

std::string work_folder(const std::string& out) { return out + "/.work"; }

std::string names_folder(const std::string& out) { return work_folder(out) + "/names"; }

std::string journal_path(const std::string& out) { return work_folder(out) + "/journal.sqlite"; }

bool is_complete(const std::string& out) {
  std::error_code error;
  return fs::exists(out + "/manifest.json", error) && !fs::exists(work_folder(out), error);
}

Result<void> prepare_output(const std::string& out) {
  std::error_code error;
  fs::create_directories(names_folder(out), error);
  if (!error) fs::create_directories(out + "/reports", error);
  if (error) {
    errno = error.value();
    return failed(out);
  }
  for (fs::recursive_directory_iterator at(out, error), end; !error && at != end;
       at.increment(error)) {
    const auto& path = at->path();
    const bool half = path.extension() == ".part" || path.filename().native().starts_with("shelf-");
    if (half) fs::remove(path, error);
  }
  return {};
}

Group::Group(std::string out, std::size_t shelf) : out_(std::move(out)), shelf_(shelf) {}

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
  if (!result.assessment.empty()) assessments_.waiting += result.assessment + "\n";
  if (!result.row.empty()) rows_.waiting += result.row + "\n";
  documents_.waiting += result.document;
  orders_.waiting += result.orders;
  if (result.fate == Fate::rejected)
    rejects_.waiting += reject_line(patient, {0, 0, 0, {}, result.why});
  for (auto* part : {&assessments_, &documents_, &orders_})
    if (part->waiting.size() >= worth_writing)
      if (auto written = write(*part); !written) return written;
  if (result.pdf.empty()) return {};
  const auto folder = fmt::format("{}/reports/{}", out_, result.name.substr(0, 2));
  std::error_code ignored;
  fs::create_directory(folder, ignored);
  const auto path = fmt::format("{}/{}.pdf", folder, result.name);
  return put(path, result.pdf) ? Result<void>() : failed(path);
}

Result<void> Group::close() {
  for (auto* part : {&assessments_, &rows_, &rejects_, &documents_, &orders_}) {
    if (auto written = write(*part); !written) return written;
    const auto path = part_path(out_, shelf_, part->kind);
    if (::rename((path + ".part").c_str(), path.c_str()) != 0) return failed(path);
  }
  return File(out_, O_RDONLY | O_DIRECTORY).sync_all() ? Result<void>() : failed(out_);
}

Result<void> finish_output(const std::string& out, std::size_t shelves, const std::string& gathered,
                           const WorklistFrame& frame, const std::string& manifest) {
  if (auto joined = join(out, shelves, "assessments", "", "assessments.ndjson"); !joined)
    return joined;
  if (auto joined = join(out, shelves, "documents", "", "documents.ndjson"); !joined) return joined;
  if (auto joined = join(out, shelves, "orders", "", "servicerequests.ndjson"); !joined)
    return joined;
  if (auto joined = join(out, shelves, "rejects", gathered, "rejects.ndjson"); !joined)
    return joined;
  if (auto written = write_worklist(out, shelves, frame); !written) return written;
  if (auto written = press::write_file(out + "/manifest.json", manifest); !written) return written;
  std::error_code error;
  fs::remove(journal_path(out), error);  // first: it promises that the parts are there
  fs::remove_all(work_folder(out), error);
  if (error) {
    errno = error.value();
    return failed(work_folder(out));
  }
  return {};
}
}  // namespace legwork::batch
