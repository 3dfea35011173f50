#include "app/report.hpp"

#include "app/data.hpp"
#include "app/io.hpp"
#include "app/patient.hpp"
#include "app/render.hpp"
#include "app/tell.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>

namespace legwork::app {
namespace {
struct Options {
  PatientOptions patient;
  std::string output = "report.pdf";
  RenderOptions render;
};

/// Whether the report can go where it shall: not over the chart it is made from, not onto a screen.
bool output_is_sound(const Options& options) {
  if (const auto why = why_not_written(options.output, options.patient); !why.empty()) {
    tell(options.output, why);
    return false;
  }
  if (options.output == options.patient.unmapped && options.output != "-") {
    tell(options.output, "is to hold both the report and the unmapped codes; name two files");
    return false;
  }
  std::error_code ignored;
  if (!options.render.previous.empty() &&
      std::filesystem::equivalent(options.render.previous, options.output, ignored)) {
    tell(options.output, "is read by this command; give the output another name");
    return false;
  }
  if (options.output == "-" && ::isatty(STDOUT_FILENO) != 0) {
    tell("-o", "a PDF cannot be shown on a terminal; name a file, or send it into a program");
    return false;
  }
  return true;
}

/// Says how many characters no font has, but not which: they may be the patient's name.
void tell_missing(std::size_t unprintable, const std::string& output) {
  if (unprintable == 0) return;
  tell(output, fmt::format("{} characters are in no font and are printed as [U+…]; check the names "
                           "by hand, and that the Debian package fonts-noto-core is installed",
                           unprintable));
}

Exit run(const Options& options) {
  if (!output_is_sound(options)) return Exit::misuse;
  const auto data = find_data();
  if (!data) return tell(data.error());
  const auto assessed = assess_patient(*data, options.patient);
  if (!assessed) return tell(assessed.error());
  const auto rendered = render(*data, options.patient, options.render, *assessed);
  if (!rendered) return tell(rendered.error());
  tell_missing(rendered->unprintable, options.output);
  if (const auto written = write_file(options.output, rendered->pdf); !written)
    return tell(written.error());
  return assessed->exit;
}
}  // namespace

void add_report(CLI::App& app, std::function<Exit()>& chosen) {
  auto* command = app.add_subcommand("report", "Make one patient's PDF report");
  const auto options = std::make_shared<Options>();
  add_patient_options(*command, options->patient);
  command
      ->add_option("-o,--output", options->output,
                   "where to write the PDF (default: report.pdf), or - for standard output")
      ->option_text("FILE");
  command
      ->add_option("--template", options->render.layout,
                   "clinician (default), patient: one page in plain words, or a template file")
      ->option_text("clinician|patient|FILE");
  command
      ->add_option("--lang", options->render.language,
                   "language of a template that legwork brings along: patient has en and es")
      ->option_text("LANG");
  add_previous(*command, options->render.previous);
  command
      ->add_option(
          "--profile", options->render.profile,
          "archive (default): PDF/A-1a; archive+data: PDF/A-3a with the assessment as JSON "
          "attached; form: PDF/A-1a with boxes that can be ticked")
      ->check(CLI::IsMember({"archive", "archive+data", "form"}))
      ->option_text("archive|archive+data|form");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
