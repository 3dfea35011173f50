#include "app/report.hpp"

#include "app/data.hpp"
#include "app/io.hpp"
#include "app/patient.hpp"
#include "app/report_fhir.hpp"
#include "app/report_form.hpp"
#include "app/tell.hpp"
#include "causes/json.hpp"
#include "report/document.hpp"
#include "report/html.hpp"
#include "report/layout.hpp"
#include "report/pdf.hpp"
#include "report/plain_text.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

namespace legwork::app {
namespace {
struct Options {
  PatientOptions patient;
  FormOptions form;
  std::string output;  ///< "" for report.pdf, report.html …
  std::string layout = "clinician";
};

/// Whether the report can go where it shall: not over the chart it is made from, not onto a screen.
bool output_is_sound(const Options& options, ReportForm form) {
  if (const auto why = why_not_written(options.output, options.patient); !why.empty()) {
    tell(options.output, why);
    return false;
  }
  if (options.output == options.patient.unmapped && options.output != "-") {
    tell(options.output, "is to hold both the report and the unmapped codes; name two files");
    return false;
  }
  if (form == ReportForm::pdf && options.output == "-" && ::isatty(STDOUT_FILENO) != 0) {
    tell("-o", "a PDF cannot be shown on a terminal; name a file, or send it into a program");
    return false;
  }
  return true;
}

/// 16 bytes that tell one document from another: FNV-1a from two starts. Nothing secret rests on
/// them.
std::string fingerprint(std::string_view text) {
  std::string result;
  for (std::uint64_t hash : {0xcbf29ce484222325ULL, 0x84222325cbf29ce4ULL}) {
    for (const char byte : text)
      hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    for (int shift = 56; shift >= 0; shift -= 8) result += static_cast<char>(hash >> shift & 0xFF);
  }
  return result;
}

/// Says how many characters no font has, but not which: they may be the patient's name.
void tell_missing(const report::Pages& pages, const std::string& output) {
  if (pages.warnings.empty()) return;
  tell(output, fmt::format("{} characters are in no font and are printed as [U+…]; check the names "
                           "by hand, and that the Debian package fonts-noto-core is installed",
                           pages.warnings.size()));
}

Result<std::string> make_pdf(const Options& options, const causes::Assessment& assessment,
                             const report::Template& layout) {
  const auto fonts = load_fonts();
  if (!fonts) return tl::unexpected(fonts.error());
  report::Typesetter typesetter(*fonts);
  const auto pages = report::lay_out(report::make_document(assessment, layout), typesetter);
  tell_missing(pages, options.output);
  report::PdfWriter writer(*fonts);
  return writer.write(pages,
                      {.author = "legwork " LEGWORK_VERSION,
                       .created = iso(assessment.as_of) + "T00:00:00Z",
                       .identifier = fingerprint(options.layout + causes::to_json(assessment))});
}

Result<std::string> make_report(const Options& options, ReportForm form, const Assessed& assessed,
                                const report::Template& layout) {
  constexpr std::size_t columns = 80;  // of a mail, and of every terminal
  const auto& assessment = assessed.assessment;
  switch (form) {
    case ReportForm::pdf:
      return make_pdf(options, assessment, layout);
    case ReportForm::html:
      return report::to_html(report::make_document(assessment, layout));
    case ReportForm::text:
      return report::to_text(report::make_document(assessment, layout), columns);
    case ReportForm::fhir:
      return make_pdf(options, assessment, layout).map([&](std::string pdf) {
        return to_fhir(assessment, report::make_document(assessment, layout), std::move(pdf),
                       assessed.files);
      });
  }
  return {};
}

Exit run(Options options) {
  const auto form = form_of(options.form, options.output);
  if (options.output.empty()) options.output = default_file(form);
  if (!output_is_sound(options, form)) return Exit::misuse;
  options.patient.keep_files = form == ReportForm::fhir;
  const auto data = find_data();
  if (!data) return tell(data.error());
  const auto layout = load_template(*data, options.layout);
  if (!layout) return tell(layout.error());
  const auto assessed = assess_patient(*data, options.patient);
  if (!assessed) return tell(assessed.error());
  const auto made = make_report(options, form, *assessed, *layout);
  if (!made) return tell(made.error());
  if (const auto written = write_file(options.output, *made); !written)
    return tell(written.error());
  return assessed->exit;
}
}  // namespace

void add_report(CLI::App& app, std::function<Exit()>& chosen) {
  auto* command =
      app.add_subcommand("report", "Make one patient's report: PDF, HTML, text or FHIR");
  const auto options = std::make_shared<Options>();
  add_patient_options(*command, options->patient);
  command
      ->add_option("-o,--output", options->output,
                   "where to write it (default: report.pdf), or - for standard output")
      ->option_text("FILE");
  add_form_options(*command, options->form);
  command->add_option("--template", options->layout, "clinician (default), or a template file")
      ->option_text("clinician|FILE");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
