#include "app/pack.hpp"

#include "app/data.hpp"
#include "app/io.hpp"
#include "app/pack_diff.hpp"
#include "app/pack_export.hpp"
#include "app/pack_show.hpp"
#include "app/tell.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

namespace legwork::app {
namespace {
Exit check(const std::string& folder) {
  const auto data = find_data();
  if (!data) return tell(data.error());
  const auto pack = load_pack(*data, folder);
  if (!pack) return tell(pack.error());
  const auto summary = fmt::format(
      "{}: no faults. {} {}: {} causes, {} red flags, {} tests, {} questions, {} concepts.\n",
      printable(folder), pack->provenance.pack_id, pack->provenance.pack_version,
      pack->causes.size(), pack->red_flags.size(), pack->tests.size(), pack->questions.size(),
      pack->concepts.size());
  if (const auto written = write_file("-", summary); !written) return tell(written.error());
  return Exit::done;
}
}  // namespace

void add_pack(CLI::App& app, std::function<Exit()>& chosen) {
  auto* command = app.add_subcommand("pack", "Work on a knowledge pack")->require_subcommand(0, 1);
  auto* checking =
      command->add_subcommand("check", "Say what is wrong with a pack, and how to mend it");
  const auto folder = std::make_shared<std::string>();
  checking->add_option("pack", *folder, "the pack's folder")
      ->option_text("DIR REQUIRED")
      ->required();
  checking->callback([folder, &chosen] { chosen = [folder] { return check(*folder); }; });
  add_pack_diff(*command, chosen);
  add_pack_export(*command, chosen);
  add_pack_show(*command, chosen);
}
}  // namespace legwork::app
