#include "app/pack.hpp"

#include "app/pack_diff.hpp"
#include "app/pack_export.hpp"
#include "app/pack_show.hpp"
#include "app/patient.hpp"
#include "app/tell.hpp"
#include "press/data.hpp"
#include "press/io.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

namespace legwork::app {
namespace {
struct CheckOptions {
  std::string folder;
  Day as_of;
};

Exit check(const CheckOptions& options) {
  const auto data = press::find_data();
  if (!data) return tell(data.error());
  const auto pack = press::load_pack(*data, options.folder);
  if (!pack) return tell(pack.error());
  if (const auto overdue = causes::overdue_sources(*pack, options.as_of); !overdue.empty())
    return tell(overdue);
  const auto summary = fmt::format(
      "{}: no faults. {} {}: {} causes, {} red flags, {} tests, {} questions, {} concepts.\n",
      printable(options.folder), pack->provenance.pack_id, pack->provenance.pack_version,
      pack->causes.size(), pack->red_flags.size(), pack->tests.size(), pack->questions.size(),
      pack->concepts.size());
  if (const auto written = press::write_file("-", summary); !written) return tell(written.error());
  return Exit::done;
}
}  // namespace

void add_pack(CLI::App& app, std::function<Exit()>& chosen) {
  auto* command = app.add_subcommand("pack", "Work on a knowledge pack")->require_subcommand(0, 1);
  auto* checking =
      command->add_subcommand("check", "Say what is wrong with a pack, and how to mend it");
  const auto options = std::make_shared<CheckOptions>();
  checking->add_option("pack", options->folder, "the pack's folder")
      ->option_text("DIR REQUIRED")
      ->required();
  add_as_of(*checking, options->as_of, "the day by which sources must be reviewed");
  checking->callback([options, &chosen] { chosen = [options] { return check(*options); }; });
  add_pack_diff(*command, chosen);
  add_pack_export(*command, chosen);
  add_pack_show(*command, chosen);
}
}  // namespace legwork::app
