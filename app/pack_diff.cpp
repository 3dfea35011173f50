#include "app/pack_diff.hpp"

#include "app/pack_diff_output.hpp"
#include "app/patient.hpp"
#include "app/tell.hpp"
#include "causes/assess.hpp"
#include "fhir/read.hpp"
#include "press/data.hpp"
#include "press/io.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <iterator>

namespace legwork::app {
namespace {
struct Options {
  std::string old, now;  // folders
  std::vector<std::string> charts;
  Day as_of;
  std::string format = "text";
};

struct Packs {
  causes::Pack old, now;
};

PackComparison::Version version_of(const causes::Pack& pack) {
  return {pack.provenance.pack_id, pack.provenance.pack_version};
}

tl::expected<Packs, std::vector<Error>> load_packs(const std::string& data,
                                                   const Options& options) {
  auto old = press::load_pack(data, options.old);
  auto now = press::load_pack(data, options.now);
  if (old && now) return Packs{std::move(*old), std::move(*now)};
  std::vector<Error> errors;
  for (auto* pack : {&old, &now}) {
    if (!*pack) std::ranges::move(pack->error(), std::back_inserter(errors));
  }
  return tl::unexpected(std::move(errors));
}

/// Holds the charts against both packs, one after another: no two are in memory at once.
class Comparing {
 public:
  Comparing(const Packs& packs, Day as_of) : packs_(packs) {
    found_.old = version_of(packs.old);
    found_.now = version_of(packs.now);
    found_.as_of = as_of;
    found_.packs = causes::compare(packs.old, packs.now);
  }

  void add(const std::string& path) {
    const std::array one{path};
    const auto files = press::chart_files(one);
    if (!files) return reject(files.error());
    for (const auto& file : *files) add_file(file);
  }

  const PackComparison& found() const { return found_; }
  Exit exit() const { return found_.rejected > 0 || in_part_ ? Exit::in_part : Exit::done; }

 private:
  void reject(const Error& error) {
    tell(error);
    ++found_.rejected;
  }

  void add_file(const std::string& name) {
    const auto text = press::read_file(name, press::input_limit);
    if (!text) return reject(text.error());
    const fhir::Input input{name, *text};
    const auto before = fhir::read_chart({&input, 1}, packs_.old.vocabulary);
    const auto after = fhir::read_chart({&input, 1}, packs_.now.vocabulary);
    if (!after) return reject(with_remedy(after.error()));
    if (!before) return reject(with_remedy(before.error()));
    ++found_.compared;
    tell_left_out(name, *after);
    auto difference = causes::compare(assessed(*before, packs_.old), assessed(*after, packs_.now));
    if (difference.empty()) return;
    found_.charts.push_back({name, after->patient.reference, std::move(difference)});
  }

  causes::Assessment assessed(const fhir::Chart& chart, const causes::Pack& pack) const {
    return causes::assess(chart, pack, {found_.as_of, {}});
  }

  void tell_left_out(const std::string& name, const fhir::Chart& chart) {
    const auto count = rejected(chart).size();
    if (count == 0) return;
    in_part_ = true;
    tell(name, fmt::format("{} parts of it were rejected; `legwork assess` lists them", count));
  }

  const Packs& packs_;
  PackComparison found_;
  bool in_part_ = false;
};

Exit run(const Options& options) {
  const auto data = press::find_data();
  if (!data) return tell(data.error());
  const auto packs = load_packs(*data, options);
  if (!packs) return tell(packs.error());
  Comparing comparing(*packs, options.as_of);
  for (const auto& path : options.charts) comparing.add(path);
  const PackComparison& found = comparing.found();
  if (found.compared == 0) return Exit::nothing;  // why has been told, file by file
  const auto output = options.format == "json" ? to_json(found) + "\n" : to_text(found);
  if (const auto written = press::write_file("-", output); !written) return tell(written.error());
  return comparing.exit();
}
}  // namespace

void add_pack_diff(CLI::App& pack_command, std::function<Exit()>& chosen) {
  auto* command =
      pack_command.add_subcommand("diff", "Say which patients a new pack judges differently");
  const auto options = std::make_shared<Options>();
  command->add_option("old", options->old, "the pack in use: its folder")
      ->option_text("DIR REQUIRED")
      ->required();
  command->add_option("new", options->now, "the pack that is to take its place: its folder")
      ->option_text("DIR REQUIRED")
      ->required();
  command
      ->add_option(
          "chart", options->charts,
          "FHIR R4 files (JSON, NDJSON, XML) and folders of them; each file is one patient")
      ->option_text("CHART... REQUIRED")
      ->required();
  add_as_of(*command, options->as_of);
  command->add_option("--format", options->format, "text for people, json for programs")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("text|json");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
