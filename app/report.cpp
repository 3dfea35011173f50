#include "app/report.hpp"

#include "app/data.hpp"
#include "app/io.hpp"
#include "app/patient.hpp"
#include "app/tell.hpp"
#include "causes/json.hpp"
#include "report/document.hpp"
#include "report/layout.hpp"
#include "report/pdf.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>

namespace legwork::app {
namespace {
struct Options {
  PatientOptions patient;
  std::string output = "report.pdf";
  std::string layout = "clinician";
};

/// Whether a report would be written over the chart that it is made from.
bool overwrites_input(const Options& options) {
  std::error_code ignored;
  for (const auto& path : options.patient.chart)
    if (std::filesystem::equivalent(path, options.output, ignored)) return true;
  return false;
}

/// Says that a font is missing, but not which characters: they may be the patient's name.
void tell_missing(const report::Pages& pages, const std::string& output) {
  if (pages.warnings.empty()) return;
  tell(output,
       fmt::format("no font has {} of its characters, which are printed as numbers: install "
                   "the Debian packages fonts-noto-core and fonts-noto-cjk",
                   pages.warnings.size()));
}

Exit run(const Options& options) {
  if (overwrites_input(options)) {
    tell(options.output, "is the chart itself: give the report another name with -o");
    return Exit::misuse;
  }
  if (options.output == "-" && ::isatty(STDOUT_FILENO) != 0) {
    tell("-o", "a PDF cannot be shown on a terminal: name a file, or send it into a program");
    return Exit::misuse;
  }
  const auto data = find_data();
  if (!data) return tell(data.error());
  const auto layout = load_template(*data, options.layout);
  if (!layout) return tell(layout.error());
  const auto assessed = assess_patient(*data, options.patient);
  if (!assessed) return tell(assessed.error());
  const auto fonts = load_fonts();
  if (!fonts) return tell(fonts.error());

  report::Typesetter typesetter(*fonts);
  const auto pages =
      report::lay_out(report::make_document(assessed->assessment, *layout), typesetter);
  tell_missing(pages, options.output);
  report::PdfWriter writer(*fonts);
  const auto pdf = writer.write(pages, {.author = "legwork " LEGWORK_VERSION,
                                        .created = iso(assessed->assessment.as_of) + "T00:00:00Z",
                                        .identifier = causes::to_json(assessed->assessment)});
  if (!pdf) return tell(pdf.error());
  if (const auto written = write_file(options.output, *pdf); !written) return tell(written.error());
  if (::isatty(STDERR_FILENO) != 0)
    fmt::print(stderr, "{}: {} pages\n", printable(options.output), pages.pages.size());
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
  command->add_option("--template", options->layout, "clinician (default), or a template file")
      ->option_text("clinician|FILE");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
