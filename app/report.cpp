#include "app/report.hpp"

#include "app/patient.hpp"
#include "app/render.hpp"
#include "app/report_form.hpp"
#include "app/tell.hpp"
#include "press/data.hpp"
#include "press/fhir_form.hpp"
#include "press/io.hpp"
#include "report/document.hpp"
#include "report/html.hpp"
#include "report/plain_text.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>

namespace legwork::app {
namespace {
struct Options {
  PatientOptions patient;
  FormOptions form;
  std::string output;  ///< "" for report.pdf, report.html …
  RenderOptions render;
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
  std::error_code ignored;
  if (!options.render.previous.empty() &&
      std::filesystem::equivalent(options.render.previous, options.output, ignored)) {
    tell(options.output, "is read by this command; give the output another name");
    return false;
  }
  if (form == ReportForm::pdf && options.output == "-" && ::isatty(STDOUT_FILENO) != 0) {
    tell("-o", "a PDF cannot be shown on a terminal; name a file, or send it into a program");
    return false;
  }
  return true;
}

/// The words and their order, which all forms are made from.
tl::expected<report::Document, std::vector<Error>> make_document(const std::string& data,
                                                                 const Options& options,
                                                                 const Assessed& assessed) {
  const auto& assessment = assessed.assessment;
  const auto layout = press::load_template(data, options.render.layout, options.render.language);
  if (!layout) return tl::unexpected(layout.error());
  const auto since = since_previous(options.render.previous, assessment);
  if (!since) return tl::unexpected(std::vector{since.error()});
  auto document =
      press::make_document(assessment, assessed.pack, *layout, *since ? &**since : nullptr);
  if (!document) return tl::unexpected(std::vector{document.error()});
  return std::move(*document);
}

constexpr std::size_t text_columns = 80;  // of a mail, and of every terminal

struct Made {
  std::string bytes;
  std::size_t unprintable = 0;  ///< characters that no font has
};

tl::expected<Made, std::vector<Error>> make_report(const std::string& data, const Options& options,
                                                   ReportForm form, const Assessed& assessed) {
  const auto with_document = [&](auto write) -> tl::expected<Made, std::vector<Error>> {
    const auto document = make_document(data, options, assessed);
    if (!document) return tl::unexpected(document.error());
    return write(*document);
  };
  if (form == ReportForm::html)
    return with_document([](const auto& document) { return Made{report::to_html(document)}; });
  if (form == ReportForm::text)
    return with_document(
        [](const auto& document) { return Made{report::to_text(document, text_columns)}; });
  auto rendered = render(data, options.patient, options.render, assessed);
  if (!rendered) return tl::unexpected(rendered.error());
  if (form == ReportForm::pdf) return Made{std::move(rendered->pdf), rendered->unprintable};
  std::vector<fhir::Input> inputs;
  for (const auto& file : assessed.files) inputs.push_back({file.name, file.text});
  return with_document([&](const auto& document) {
    return Made{press::to_fhir(assessed.assessment, document, std::move(rendered->pdf), inputs),
                rendered->unprintable};
  });
}

Exit run(Options options) {
  const auto form = form_of(options.form, options.output);
  if (options.output.empty()) options.output = default_file(form);
  if (!output_is_sound(options, form)) return Exit::misuse;
  options.patient.keep_files = form == ReportForm::fhir;
  const auto data = press::find_data();
  if (!data) return tell(data.error());
  const auto assessed = assess_patient(*data, options.patient);
  if (!assessed) return tell(assessed.error());
  const auto made = make_report(*data, options, form, *assessed);
  if (!made) return tell(made.error());
  tell_unprintable(made->unprintable, options.output);
  if (const auto written = press::write_file(options.output, made->bytes); !written)
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
