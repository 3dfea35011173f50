#include "app/worker.hpp"

#include "app/batch_outcome.hpp"
#include "app/patient.hpp"
#include "app/tell.hpp"
#include "batch/collect.hpp"
#include "batch/worker.hpp"
#include "press/data.hpp"
#include "press/io.hpp"
#include "press/secret.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>

namespace legwork::app {
namespace {
struct WorkerOptions {
  batch::WorkerOptions worker{STDIN_FILENO, {}, std::size_t{256} << 20};
  std::string pack, key_file;
  Day as_of{};
  bool all = false;
};

struct CollectOptions {
  std::vector<std::string> results;
  std::string out;
};

Exit work(const WorkerOptions& options) {
  const auto data = press::find_data();
  if (!data) return tell(data.error());
  const auto pack = press::load_pack(*data, options.pack);
  if (!pack) return tell(pack.error());
  const auto printers = press::load_printers(*data);
  if (!printers) return tell(printers.error());
  auto key = press::read_secret(options.key_file);
  if (!key) return exit_of_batch(key.error());
  const batch::Making making{
      .pack = *pack,
      .printers = **printers,
      .assess = {options.as_of, {}},
      .who = options.all ? batch::Who::all : batch::Who::symptomatic,
      .layout = "clinician",
      .key = std::move(*key),
  };
  const auto worked = batch::work(
      options.worker, making, [](std::string_view lines) { return press::write_file("-", lines); });
  if (!worked) return exit_of_batch(worked.error());
  const bool some_rejected = worked->patients.rejected + worked->lines.rejected > 0;
  if (some_rejected) tell("standard input", "holds what could not be used; the results name it");
  return some_rejected || worked->is_partial ? Exit::in_part : Exit::done;
}

Exit collect(CollectOptions options) {
  if (options.results.empty()) options.results = {"-"};
  const auto counts = batch::collect(options.results, options.out);
  if (!counts) return exit_of_batch(counts.error());
  return conclude(*counts, "the export", options.out);
}
}  // namespace

void add_worker(CLI::App& app, std::function<Exit()>& chosen) {
  auto* worker = app.add_subcommand(
      "worker", "Make the reports of sorted records on standard input (docs/worker.md)");
  const auto options = std::make_shared<WorkerOptions>();
  worker
      ->add_option("--key", options->key_file,
                   "file with the secret that reports' names are made with: the same for all "
                   "workers of a run")
      ->option_text("FILE REQUIRED")
      ->required();
  worker
      ->add_option("--out", options->worker.out,
                   "folder of the run, which reports are written to (default: they stand in the "
                   "results)")
      ->option_text("DIR");
  worker->add_flag("--all", options->all, "report also on who has no sign of it");
  worker
      ->add_option("--limit", options->worker.limit,
                   "bytes of one patient's records, as 256MB (default): who has more is rejected")
      ->transform(CLI::AsSizeValue(false))
      ->option_text("SIZE");
  worker->add_option("--pack", options->pack, "another pack than heavy-legs")->option_text("DIR");
  add_as_of(*worker, options->as_of);
  worker->callback([options, &chosen] { chosen = [options] { return work(*options); }; });

  auto* command =
      app.add_subcommand("collect", "Put the results of workers together, as the files of a batch");
  const auto collected = std::make_shared<CollectOptions>();
  command->add_option("results", collected->results, "files (default: standard input)")
      ->option_text("FILE...");
  command->add_option("--out", collected->out, "folder of the run")
      ->option_text("DIR REQUIRED")
      ->required();
  command->callback([collected, &chosen] { chosen = [collected] { return collect(*collected); }; });
}
}  // namespace legwork::app
