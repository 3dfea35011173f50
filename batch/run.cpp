#include "batch/run.hpp"

#include "base/digest.hpp"
#include "batch/archive.hpp"
#include "batch/export_manifest.hpp"
#include "batch/find_stays.hpp"
#include "batch/manifest.hpp"
#include "batch/output.hpp"
#include "batch/parts.hpp"
#include "batch/worklist_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

namespace legwork::batch {
namespace {
constexpr const char* program = "legwork " LEGWORK_VERSION;

/// What the output depends on. Files are told by name and size: to read them twice would be too
/// much, and who puts another export in the place of one half done has another size.
std::string run_of(const std::vector<InputFile>& files, const Options& options,
                   const Making& making) {
  std::string text = fmt::format(
      "legwork {}\npack {}\nas of {}\nwho {}\ntemplate {} {}\nkey {}\n", LEGWORK_VERSION,
      making.pack.provenance.pack_digest, iso(making.assess.as_of), static_cast<int>(making.who),
      making.layout, making.printers.layout(making.layout)->digest, sha256(making.key));
  if (making.earlier != nullptr) text += fmt::format("since {}\n", making.earlier->digest());
  text += fmt::format("shelving {}\nprint {}\n", static_cast<int>(options.shelving),
                      static_cast<int>(options.print_run));
  if (making.wards != nullptr) text += fmt::format("wards {}\n", making.wards->digest());
  for (const auto& file : files)
    text += fmt::format("{} {} {}\n", file.name, file.size, static_cast<int>(file.holds));
  return sha256(text);
}

void add(PatientCounts& sum, const PatientCounts& counts) {
  sum.seen += counts.seen;
  sum.reported += counts.reported;
  sum.not_symptomatic += counts.not_symptomatic;
  sum.rejected += counts.rejected;
  sum.unchanged += counts.unchanged;
}

void count(PatientCounts& counts, Fate fate) {
  ++counts.seen;
  switch (fate) {
    case Fate::reported:
      ++counts.reported;
      break;
    case Fate::not_symptomatic:
      ++counts.not_symptomatic;
      break;
    case Fate::rejected:
      ++counts.rejected;
      break;
    case Fate::unchanged:
      ++counts.unchanged;
      break;
  }
}

/// Files with fewer lines than the server says that they have.
std::vector<std::string> files_cut_short(const std::vector<InputFile>& files,
                                         const ExportManifest& said, const Gathered& gathered) {
  std::vector<std::string> names;
  for (const auto& [file, lines] : said.promises)
    if (gathered.lines_of_files[file] < lines) names.push_back(files[file].name);
  return names;
}

/// Makes the reports of all patients on one shelf.
Result<PatientCounts> make_shelf(std::size_t shelf, const Options& options, const Making& making,
                                 Shelves& shelves, const Medications& medications,
                                 Progress& progress) {
  std::string bytes;
  const auto records = shelves.take(shelf, bytes);
  if (!records) return tl::unexpected(records.error());
  Group group(options.out, shelf, options.shelving);
  PatientCounts counts;
  for (auto first = records->begin(); first != records->end();) {
    const auto last = std::find_if(first, records->end(), [&](const Record& record) {
      return record.patient != first->patient;
    });
    const auto result = make_patient({first, last}, medications, making);
    count(counts, result.fate);
    if (auto added = group.add(first->patient, result); !added)
      return tl::unexpected(added.error());
    ++progress.patients;
    first = last;
  }
  if (auto closed = group.close(); !closed) return tl::unexpected(closed.error());
  return counts;
}

/// All shelves that are not finished, on as many threads as there are jobs.
Result<PatientCounts> make_all(const Options& options, const Making& making, Shelves& shelves,
                               const Medications& medications, Journal& journal,
                               Progress& progress) {
  progress.all_groups = shelves.size();
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::optional<Error> failed;
  const auto fail = [&](const Error& error) {
    const std::lock_guard lock(mutex);
    failed = error;
    next = shelves.size();
  };
  const auto work = [&] {
    for (auto i = next++; i < shelves.size(); i = next++, ++progress.groups) {
      if (journal.finished(i)) continue;
      const auto counts = make_shelf(i, options, making, shelves, medications, progress);
      if (!counts) return fail(counts.error());
      if (const auto kept = journal.finish(i, *counts); !kept) return fail(kept.error());
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < options.jobs; ++i) threads.emplace_back(work);
    work();
  }
  if (failed) return tl::unexpected(*failed);
  PatientCounts sum;
  for (std::size_t i = 0; i < shelves.size(); ++i) add(sum, *journal.finished(i));
  return sum;
}

/// The worklist, and the print run that follows its order.
Result<PrintCounts> write_lists(const Options& options, const Making& making,
                                const Journal& journal, std::size_t seen, Progress& progress) {
  const auto rows = find_rows(options.out, journal.shelves());
  if (!rows) return tl::unexpected(rows.error());
  const auto& title = making.pack.provenance.complaint_title;
  const bool prints = options.print_run == PrintRun::by_ward;
  const WorklistFrame frame{title,
                            iso(making.assess.as_of),
                            program,
                            seen,
                            std::string(options.shelving == Shelving::archive ? archive_name : ""),
                            prints};
  if (auto written = write_worklist(options.out, *rows, frame); !written)
    return tl::unexpected(written.error());
  if (!prints) return PrintCounts();
  const auto reports = Reports::open(options.out, journal.shelves(), options.shelving);
  if (!reports) return tl::unexpected(reports.error());
  const Binding about{title, making.printers.layout(making.layout)->language, program,
                      iso(making.assess.as_of) + "T00:00:00Z"};
  return print_all(options.out, *rows, *reports, about, options.jobs, progress);
}

/// Whether a folder is the other or stands in it.
bool is_within(const std::filesystem::path& folder, const std::filesystem::path& other) {
  std::error_code error;
  const auto relative = std::filesystem::weakly_canonical(folder, error)
                            .lexically_relative(std::filesystem::weakly_canonical(other, error));
  return !relative.empty() && *relative.begin() != "..";
}

Result<void> check_output(const Options& options) {
  std::error_code error;
  if (is_within(options.out, options.input))
    return refuse(
        ErrorKind::unsupported, options.out,
        "stands in the export, where it would be read as part of it; name another folder");
  const bool begun = std::filesystem::exists(work_folder(options.out), error);
  const bool done = std::filesystem::exists(options.out + "/manifest.json", error);
  if (options.begin == Begin::anew && (begun || done))
    return refuse(ErrorKind::unsupported, options.out,
                  begun ? "holds a run that was not finished; go on with it by --resume, or name "
                          "another folder"
                        : "holds a finished run; name another folder");
  return {};
}
}  // namespace

Result<Counts> run(const Options& options, const Making& making, Progress& progress) {
  if (const auto sound = check_output(options); !sound) return tl::unexpected(sound.error());
  auto files = find_input(options.input);
  if (!files) return tl::unexpected(files.error());
  const auto said = read_export_manifest(options.input, *files);
  if (!said) return tl::unexpected(said.error());
  if (auto prepared = prepare_output(options.out, options.shelving); !prepared)
    return tl::unexpected(prepared.error());

  std::uint64_t size = 0;
  for (const auto& file : *files) {
    size += file.packing == Packing::none ? file.size : 12 * file.size;
    progress.all_bytes += file.size;
  }
  auto journal = Journal::open(journal_path(options.out), run_of(*files, options, making),
                               shelves_for(size, options.memory, options.jobs));
  if (!journal) return tl::unexpected(journal.error());

  const auto for_names = options.memory / 8;
  Shelves shelves(journal->shelves(), work_folder(options.out), options.memory - for_names,
                  options.jobs);
  NamedSubjects named(journal->shelves(), names_folder(options.out), for_names, options.jobs);
  Medications medications;
  const auto gathered =
      gather(*files, making.pack.vocabulary, options.jobs, shelves, named, medications, progress);
  if (!gathered) return tl::unexpected(gathered.error());
  auto making_all = making;
  Wards stays;
  if (options.print_run == PrintRun::by_ward && making.wards == nullptr) {
    auto found = find_stays(*files, options.jobs);
    if (!found) return tl::unexpected(found.error());
    stays = std::move(*found);
    making_all.wards = &stays;
  }
  const auto cut_short = files_cut_short(*files, *said, *gathered);
  making_all.is_partial = gathered->problems > 0 || !said->missing.empty() || !cut_short.empty();
  const auto patients = make_all(options, making_all, shelves, medications, *journal, progress);
  if (!patients) return tl::unexpected(patients.error());

  std::string rejects;
  for (std::size_t i = 0; i < gathered->rejects.size(); ++i)
    rejects += reject_line(gathered->places[i], gathered->rejects[i]);
  if (const auto joined = join_all(options.out, rejects, options.shelving, *journal); !joined)
    return tl::unexpected(joined.error());
  const auto printed = write_lists(options, making, *journal, patients->seen, progress);
  if (!printed) return tl::unexpected(printed.error());
  const Counts counts{gathered->lines, *patients, *printed, making_all.is_partial};
  const auto done =
      conclude_output(options.out, manifest_of(counts, {*said, *gathered, cut_short}, making));
  if (!done) return tl::unexpected(done.error());
  return counts;
}

}  // namespace legwork::batch
