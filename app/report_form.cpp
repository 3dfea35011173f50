#include "app/report_form.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>

namespace legwork::app {
namespace {
struct Known {
  std::string_view name;
  ReportForm form;
  std::string_view ending, other_ending = {};
};
constexpr Known known[] = {{"pdf", ReportForm::pdf, ".pdf"},
                           {"html", ReportForm::html, ".html", ".htm"},
                           {"text", ReportForm::text, ".txt"},
                           {"fhir", ReportForm::fhir, ".json"}};
}  // namespace

void add_form_options(CLI::App& command, FormOptions& options) {
  auto* format =
      command
          .add_option("--format", options.name,
                      "pdf, html, text, or fhir: a document Bundle with the PDF in it (default: as "
                      "the output's name ends, .html, .txt or .json; else pdf)")
          ->check(CLI::IsMember({"pdf", "html", "text", "fhir"}))
          ->option_text("pdf|html|text|fhir");
  command.add_flag("--fhir", options.fhir, "the same as --format fhir")->excludes(format);
}

ReportForm form_of(const FormOptions& options, const std::string& file) {
  if (options.fhir) return ReportForm::fhir;
  const auto ending = std::filesystem::path(file).extension().native();
  for (const auto& [name, form, its_ending, other_ending] : known)
    if (options.name.empty() ? !ending.empty() && (ending == its_ending || ending == other_ending)
                             : options.name == name)
      return form;
  return ReportForm::pdf;
}

std::string default_file(ReportForm form) {
  for (const auto& one : known)
    if (one.form == form) return "report" + std::string(one.ending);
  return "report.pdf";
}
}  // namespace legwork::app
