#include "app/report.hpp"

#include "app/data.hpp"
#include "app/io.hpp"
#include "app/patient.hpp"
#include "app/tell.hpp"
#include "causes/json.hpp"
#include "report/document.hpp"
#include "report/layout.hpp"
#include "report/layout_sheet.hpp"
#include "report/pdf.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

namespace legwork::app {
namespace {
struct Options {
  PatientOptions patient;
  std::string output = "report.pdf";
  std::string layout = "clinician";
  std::string language;  ///< of a template that legwork brings along; "" for English
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
  if (options.output == "-" && ::isatty(STDOUT_FILENO) != 0) {
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

/// The pages of one assessment; a patient's page says what the pack has words for.
Result<report::Pages> make_pages(const causes::Assessment& assessment, const causes::Pack& pack,
                                 const report::Template& layout, report::Typesetter& typesetter) {
  if (layout.kind != report::DocumentKind::patient)
    return report::lay_out(report::make_document(assessment, layout), typesetter);
  const auto* words = pack.patient_words(layout.language);
  if (words == nullptr)
    return refuse(ErrorKind::missing, fmt::format("pack {}", pack.provenance.pack_id),
                  fmt::format("has no words for the patient in '{0}'; add a file "
                              "<patient lang=\"{0}\">, or choose another language",
                              layout.language));
  return report::lay_out(report::make_sheet(assessment, *words, layout), typesetter);
}

Result<std::string> make_pdf(const Options& options, const causes::Assessment& assessment,
                             const causes::Pack& pack, const report::Template& layout) {
  const auto fonts = load_fonts();
  if (!fonts) return tl::unexpected(fonts.error());
  report::Typesetter typesetter(*fonts, layout.language);
  const auto pages = make_pages(assessment, pack, layout, typesetter);
  if (!pages) return tl::unexpected(pages.error());
  tell_missing(*pages, options.output);
  report::PdfWriter writer(*fonts);
  return writer.write(*pages, {.author = "legwork " LEGWORK_VERSION,
                               .created = iso(assessment.as_of) + "T00:00:00Z",
                               .identifier = fingerprint(options.layout + options.language +
                                                         causes::to_json(assessment))});
}

Exit run(const Options& options) {
  if (!output_is_sound(options)) return Exit::misuse;
  const auto data = find_data();
  if (!data) return tell(data.error());
  const auto layout = load_template(*data, options.layout, options.language);
  if (!layout) return tell(layout.error());
  const auto assessed = assess_patient(*data, options.patient);
  if (!assessed) return tell(assessed.error());
  const auto pdf = make_pdf(options, assessed->assessment, assessed->pack, *layout);
  if (!pdf) return tell(pdf.error());
  if (const auto written = write_file(options.output, *pdf); !written) return tell(written.error());
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
      ->add_option("--template", options->layout,
                   "clinician (default), patient: one page in plain words, or a template file")
      ->option_text("clinician|patient|FILE");
  command
      ->add_option("--lang", options->language,
                   "language of a template that legwork brings along: patient has en and es")
      ->option_text("LANG");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
