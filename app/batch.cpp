#include "app/batch.hpp"

#include "app/batch_outcome.hpp"
#include "app/patient.hpp"
#include "app/progress.hpp"
#include "app/tell.hpp"
#include "batch/earlier.hpp"
#include "batch/output.hpp"
#include "batch/run.hpp"
#include "press/data.hpp"
#include "press/io.hpp"
#include "press/secret.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>

namespace legwork::app {
namespace {
namespace fs = std::filesystem;

struct Options {
  batch::Options batch;
  std::string pack, key_file, since, wards;
  Day as_of{};
  bool all = false, symptomatic = false, resume = false, archive = false, print = false;
};

/// The secret that file names are made with: as given, or made for this run and kept with it.
Result<std::string> read_key(const Options& options) {
  if (!options.key_file.empty()) return press::read_secret(options.key_file);
  std::error_code ignored;
  fs::create_directories(options.batch.out, ignored);
  return press::read_or_make_secret(options.batch.out + "/key");
}

/// Who lies where, as the hospital says.
Result<batch::Wards> read_wards(const std::string& path) {
  const auto text = press::read_file(path, press::input_limit);
  if (!text) return tl::unexpected(text.error());
  return batch::Wards::read(*text, path);
}

/// What stood in the way can be mended; then the run is gone on with.
Error with_remedy(Error error) {
  if (error.kind == ErrorKind::unavailable) error.what += ", with --resume";
  return error;
}

Exit run(Options options) {
  if (options.resume && batch::is_complete(options.batch.out)) {
    tell(options.batch.out, "is finished; there is nothing to go on with");
    const auto counts = batch::counts_of(options.batch.out);
    return counts ? conclude(*counts, options.batch.input, options.batch.out)
                  : exit_of_batch(counts.error());
  }
  const auto data = press::find_data();
  if (!data) return tell(data.error());
  const auto pack = press::load_pack(*data, options.pack);
  if (!pack) return tell(pack.error());
  const auto printers = press::load_printers(*data);
  if (!printers) return tell(printers.error());
  if (options.archive) options.batch.shelving = batch::Shelving::archive;
  if (options.print) options.batch.print_run = batch::PrintRun::by_ward;
  options.batch.begin = options.resume ? batch::Begin::go_on : batch::Begin::anew;
  auto key = read_key(options);
  if (!key) return exit_of_batch(key.error());

  std::optional<batch::Earlier> earlier;
  if (!options.since.empty()) {
    auto opened = batch::Earlier::open(options.since, options.as_of);
    if (!opened) return exit_of_batch(opened.error());
    earlier = std::move(*opened);
  }

  std::optional<batch::Wards> wards;
  if (!options.wards.empty()) {
    auto read = read_wards(options.wards);
    if (!read) return exit_of_batch(read.error());
    wards = std::move(*read);
  }

  const batch::Making making{
      .pack = *pack,
      .printers = **printers,
      .assess = {options.as_of, {}},
      .who = options.all ? batch::Who::all : batch::Who::symptomatic,
      .layout = "clinician",
      .key = std::move(*key),
      .earlier = earlier ? &*earlier : nullptr,
      .wards = wards ? &*wards : nullptr,
  };
  batch::Progress progress;
  const auto counts = [&] {
    const StatusLine shown(batch_progress(progress));
    return batch::run(options.batch, making, progress);
  }();
  if (!counts) return exit_of_batch(with_remedy(counts.error()));
  return conclude(*counts, options.batch.input, options.batch.out);
}

std::uint64_t quarter_of_memory() {
  const auto pages = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES));
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 4;
}
}  // namespace

void add_batch(CLI::App& app, std::function<Exit()>& chosen) {
  auto* command = app.add_subcommand(
      "batch", "Turn a Bulk Data export, or a folder of Bundles, into reports and a worklist");
  const auto options = std::make_shared<Options>();
  options->batch.memory = quarter_of_memory();
  options->batch.jobs = std::max(1U, std::thread::hardware_concurrency());
  command
      ->add_option("export", options->batch.input,
                   "folder of NDJSON files (.ndjson, .gz, .zst) or Bundles (.json)")
      ->option_text("EXPORT REQUIRED")
      ->required();
  command->add_option("--out", options->batch.out, "folder of the result; it must be new")
      ->option_text("DIR REQUIRED")
      ->required();
  command->add_option("--jobs", options->batch.jobs, "threads (default: one a core)")
      ->check(CLI::Range(1, 1024))
      ->option_text("N");
  command
      ->add_option("--memory", options->batch.memory,
                   "bytes for what waits to be assessed, as 512MB or 4GB (default: a quarter of "
                   "the machine's); what is beyond goes to disk")
      ->transform(CLI::AsSizeValue(false))
      ->option_text("SIZE");
  auto* all = command->add_flag("--all", options->all, "report also on who has no sign of it");
  command
      ->add_flag("--only-symptomatic", options->symptomatic,
                 "report on whose chart records the complaint or a red flag (default)")
      ->excludes(all);
  command->add_flag("--resume", options->resume, "go on with a run that was interrupted");
  command
      ->add_option("--key", options->key_file,
                   "file with the secret that reports' names are made with (default: one is made "
                   "and kept as DIR/key)")
      ->option_text("FILE");
  command
      ->add_option("--since", options->since,
                   "report only on who changed since the run in that folder, and say what changed")
      ->option_text("DIR");
  command->add_flag("--archive", options->archive,
                    "put the reports into DIR/reports.zip instead of a file each");
  auto* print = command->add_flag("--print-run", options->print,
                                  "bind the reports ward by ward into DIR/print, to be printed");
  command
      ->add_option("--wards", options->wards,
                   "CSV with the headings patient,ward or identifier,ward: who lies where")
      ->needs(print)
      ->option_text("FILE");
  command->add_option("--pack", options->pack, "another pack than heavy-legs")->option_text("DIR");
  add_as_of(*command, options->as_of);
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
