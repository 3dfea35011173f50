#include "app/assess.hpp"

#include "app/changes_text.hpp"
#include "app/explain_text.hpp"
#include "app/patient.hpp"
#include "app/render.hpp"
#include "app/tell.hpp"
#include "app/text.hpp"
#include "causes/explain.hpp"
#include "causes/json.hpp"
#include "plugin/cards.hpp"
#include "press/data.hpp"
#include "press/io.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

namespace legwork::app {
namespace {
struct Options {
  PatientOptions patient;
  std::string format = "text";
  std::string explain;   ///< id of a cause or red flag; "" for all of the assessment
  std::string previous;  ///< file with an earlier assessment; "" for none
};

/// Whether colors help: a person reads, and has not asked for none (https://no-color.org).
Ink ink() {
  const char* refused = std::getenv("NO_COLOR");
  const bool wanted = refused == nullptr || *refused == '\0';
  return ::isatty(STDOUT_FILENO) != 0 && wanted ? Ink::colored : Ink::plain;
}

/// One cause or red flag, with every rule and what the chart answers to it.
Exit explain(const std::string& data, const Options& options) {
  const auto record = read_patient(data, options.patient);
  if (!record) return tell(record.error());
  const auto explained = causes::explain(
      record->chart, record->pack, {options.patient.as_of, options.patient.onset}, options.explain);
  if (!explained) {
    tell("--explain", fmt::format("the pack has no cause or red flag '{}'; it has {}",
                                  printable(options.explain),
                                  fmt::join(causes::explainable(record->pack), ", ")));
    return Exit::misuse;
  }
  const auto output =
      options.format == "json" ? causes::to_json(*explained) + "\n" : to_text(*explained, ink());
  if (const auto written = press::write_file("-", output); !written) return tell(written.error());
  return record->exit;
}

std::string in_format(std::string_view format, const Assessed& assessed,
                      const std::optional<causes::Since>& since) {
  if (format == "json") return causes::to_json(assessed.assessment) + "\n";
  if (format == "cards") return plugin::cards_answer(assessed.assessment, assessed.pack) + "\n";
  return (since ? to_text(*since) : std::string()) + to_text(assessed.assessment, ink());
}

Exit run(const Options& options) {
  if (!options.previous.empty() && (options.format != "text" || !options.explain.empty())) {
    tell("--previous", "is told as text only; leave out --format and --explain");
    return Exit::misuse;
  }
  if (!options.explain.empty() && options.format == "cards") {
    tell("--explain", "is told as text or json; leave out --format cards");
    return Exit::misuse;
  }
  const auto data = press::find_data();
  if (!data) return tell(data.error());
  if (!options.explain.empty()) return explain(*data, options);
  const auto assessed = assess_patient(*data, options.patient);
  if (!assessed) return tell(assessed.error());
  const auto since = since_previous(options.previous, assessed->assessment);
  if (!since) return tell(since.error());
  const auto output = in_format(options.format, *assessed, *since);
  if (const auto written = press::write_file("-", output); !written) return tell(written.error());
  return assessed->exit;
}
}  // namespace

void add_assess(CLI::App& app, std::function<Exit()>& chosen) {
  auto* command = app.add_subcommand("assess", "Say what the chart tells about every cause");
  const auto options = std::make_shared<Options>();
  add_patient_options(*command, options->patient);
  command
      ->add_option("--format", options->format,
                   "text for people, json for programs, cards as a CDS Hooks client gets them")
      ->check(CLI::IsMember({"text", "json", "cards"}))
      ->option_text("text|json|cards");
  command
      ->add_option("--explain", options->explain,
                   "one cause or red flag: every rule, and what the chart answers to it")
      ->option_text("CAUSE");
  add_previous(*command, options->previous);
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
