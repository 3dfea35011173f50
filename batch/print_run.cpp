#include "batch/print_run.hpp"

#include "batch/parts.hpp"
#include "batch/print_plan.hpp"
#include "batch/worklist.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

namespace legwork::batch {
namespace {
/// "Dow, Eleanor · MRN-17"
std::string bookmark(const WorklistRow& row) {
  const auto name = row.name.empty() ? std::string("(no name)") : row.name;
  return row.identifier.empty() ? name : name + " · " + row.identifier;
}

std::string title(const PrintFile& file, const Binding& about) {
  auto text = about.title + ": " + (file.ward.empty() ? "no ward" : file.ward);
  return file.count == 1 ? text : fmt::format("{} ({} of {})", text, file.number, file.count);
}

/// Whole or not at all, on disk before it has its name: a name means that it is finished.
Result<void> print(const PrintFile& file, const Reports& reports, Binding about,
                   const std::string& path) {
  std::vector<Sheaf> sheaves;
  for (const auto line : file.rows) {
    const auto row = row_of_line(line);
    auto pdf = reports.find(row.report);
    if (!pdf) return refuse(ErrorKind::unavailable, pdf.error().where, pdf.error().what);
    sheaves.push_back({std::move(*pdf), bookmark(row)});
  }
  about.title = title(file, about);
  const auto bound = bind_reports(sheaves, about);
  if (!bound)
    return refuse(bound.error().kind, path,
                  fmt::format("{} {}; begin anew, with another --out", bound.error().where,
                              bound.error().what));
  const auto part = path + ".part";
  const auto written = fresh(part);
  const bool sound =
      written.write(*bound) && written.sync() && ::rename(part.c_str(), path.c_str()) == 0;
  return sound ? Result<void>() : failed(path);
}
}  // namespace

std::string print_folder(const std::string& out) { return out + "/print"; }

Result<PrintCounts> print_all(const std::string& out, const Rows& rows, const Reports& reports,
                              const Binding& about, std::size_t jobs, Progress& progress) {
  namespace fs = std::filesystem;
  const auto files = plan_print(rows.lines);
  progress.all_printed = files.size();
  std::error_code error;
  fs::create_directories(print_folder(out), error);
  if (error) {
    errno = error.value();
    return failed(print_folder(out));
  }
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::optional<Error> failure;
  const auto work = [&] {
    for (auto i = next++; i < files.size(); i = next++, ++progress.printed) {
      const auto path = print_folder(out) + "/" + files[i].name;
      std::error_code unknown;
      if (fs::exists(path, unknown)) continue;
      if (const auto printed = print(files[i], reports, about, path); !printed) {
        const std::lock_guard lock(mutex);
        failure = printed.error();
        next = files.size();
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < jobs; ++i) threads.emplace_back(work);
    work();
  }
  if (failure) return tl::unexpected(*failure);
  PrintCounts counts{files.size(), 0};
  for (const auto& file : files)
    if (file.ward.empty()) counts.without_ward += file.rows.size();
  return counts;
}
}  // namespace legwork::batch
