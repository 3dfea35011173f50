#include "app/assess.hpp"

#include "app/data.hpp"
#include "app/io.hpp"
#include "app/patient.hpp"
#include "app/tell.hpp"
#include "app/text.hpp"
#include "causes/json.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

namespace legwork::app {
namespace {
struct Options {
  PatientOptions patient;
  std::string format = "text";
};

/// Whether colors help: a person reads, and has not asked for none (https://no-color.org).
Ink ink() {
  const char* refused = std::getenv("NO_COLOR");
  const bool wanted = refused == nullptr || *refused == '\0';
  return ::isatty(STDOUT_FILENO) != 0 && wanted ? Ink::colored : Ink::plain;
}

Exit run(const Options& options) {
  const auto data = find_data();
  if (!data) return tell(data.error());
  const auto assessed = assess_patient(*data, options.patient);
  if (!assessed) return tell(assessed.error());
  const auto output = options.format == "json" ? causes::to_json(assessed->assessment) + "\n"
                                               : to_text(assessed->assessment, ink());
  if (const auto written = write_file("-", output); !written) return tell(written.error());
  return assessed->exit;
}
}  // namespace

void add_assess(CLI::App& app, std::function<Exit()>& chosen) {
  auto* command = app.add_subcommand("assess", "Say what the chart tells about every cause");
  const auto options = std::make_shared<Options>();
  add_patient_options(*command, options->patient);
  command->add_option("--format", options->format, "text for people, json for programs")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("text|json");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
