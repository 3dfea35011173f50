#include "app/records.hpp"

#include "app/batch_outcome.hpp"
#include "app/tell.hpp"
#include "batch/records.hpp"
#include "press/data.hpp"
#include "press/io.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <thread>

namespace legwork::app {
namespace {
struct Options {
  batch::ExportOptions whole;
  batch::PipedFile piped;
  std::string pack, plan, out;
  std::size_t shards = 0;
  bool deletions = false;
};

Result<void> to_standard_output(std::string_view lines) { return press::write_file("-", lines); }

Exit plan(const std::string& folder) {
  const std::string path = "-";
  const auto text = press::read_charts({&path, 1}, press::input_limit);
  if (!text) return exit_of_batch(text.error());
  std::vector<std::string> names;
  std::istringstream lines(text->front().text);
  for (std::string name; std::getline(lines, name);) names.push_back(name);
  const auto planned = batch::plan_records(names, folder);
  if (!planned) return exit_of_batch(planned.error());
  const auto written = to_standard_output(*planned);
  return written ? Exit::done : exit_of_batch(written.error());
}

Exit run(Options options) {
  if (!options.plan.empty()) return plan(options.plan);
  const auto data = press::find_data();
  if (!data) return tell(data.error());
  const auto pack = press::load_pack(*data, options.pack);
  if (!pack) return tell(pack.error());
  auto sink = options.shards > 0 ? batch::RecordSink::of_shards(options.out, options.shards)
                                 : std::make_unique<batch::RecordSink>(to_standard_output);
  if (!sink) return exit_of_batch(sink.error());
  if (options.deletions) options.piped.holds = batch::Holds::deletions;
  const char* temporary = std::getenv("TMPDIR");
  options.whole.temporary = temporary != nullptr && *temporary != '\0' ? temporary : "/tmp";
  const auto written = options.whole.folder.empty()
                           ? batch::write_records(options.piped, pack->vocabulary, **sink)
                           : batch::write_records(options.whole, pack->vocabulary, **sink);
  if (!written) return exit_of_batch(written.error());
  return written->lines.rejected > 0 || written->is_partial ? Exit::in_part : Exit::done;
}

Exit resolve() {
  const auto resolved = batch::resolve_identifiers(STDIN_FILENO, to_standard_output);
  if (!resolved) return exit_of_batch(resolved.error());
  return resolved->rejected > 0 ? Exit::in_part : Exit::done;
}
}  // namespace

void add_records(CLI::App& app, std::function<Exit()>& chosen) {
  auto* command = app.add_subcommand(
      "records", "Write an export as lines of records, which `sort` groups (docs/worker.md)");
  const auto options = std::make_shared<Options>();
  options->whole.jobs = std::max(1U, std::thread::hardware_concurrency());
  auto* source = command->add_option_group("source", "What is read");
  source->add_option("export", options->whole.folder, "folder of a whole export")
      ->option_text("EXPORT");
  auto* name = source->add_option("--stdin", options->piped.name,
                                  "one file of the export is on standard input: its name there");
  name->option_text("NAME");
  source
      ->add_option("--plan", options->plan,
                   "only tell what is to be done with the files named on standard input; DIR holds "
                   "the export's manifest.json, if it has one")
      ->option_text("DIR");
  source->require_option(1);
  command
      ->add_option("--at", options->piped.at,
                   "where in the file the first byte of standard input stands (default: 0)")
      ->option_text("BYTES")
      ->needs(name);
  command
      ->add_flag("--unpacked", options->piped.is_unpacked,
                 "standard input is unpacked already, whatever the name ends with")
      ->needs(name);
  command->add_flag("--deletions", options->deletions, "the file says what was deleted")
      ->needs(name);
  command
      ->add_option("--deleted", options->piped.deleted,
                   "file with the lines `deleted` of all files that say what was deleted")
      ->option_text("FILE")
      ->needs(name);
  auto* out = command->add_option("--out", options->out, "folder for shards");
  out->option_text("DIR");
  auto* shards = command->add_option("--shards", options->shards,
                                     "write so many files, each with all records of its patients");
  shards->check(CLI::Range(1, 1000))->option_text("N")->needs(out);
  out->needs(shards);
  command->add_option("--jobs", options->whole.jobs, "threads (default: one a core)")
      ->check(CLI::Range(1, 1024))
      ->option_text("N");
  command->add_option("--pack", options->pack, "another pack than heavy-legs")->option_text("DIR");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });

  app.add_subcommand(
         "resolve", "Bring sorted records that name their patient by an identifier to that patient")
      ->callback([&chosen] { chosen = resolve; });
}
}  // namespace legwork::app
