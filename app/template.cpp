#include "app/template.hpp"

#include "app/patient.hpp"
#include "app/render.hpp"
#include "app/tell.hpp"
#include "press/data.hpp"
#include "press/io.hpp"
#include "report/template_schema.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

namespace legwork::app {
namespace {
namespace fs = std::filesystem;

struct Options {
  std::string file;
  std::string output = "preview.pdf";
  std::string sample = "amlodipine-and-iron";
};

// The samples' own time: their results are as recent as the one who wrote them meant
constexpr Day samples_read_on = std::chrono::year(2026) / 11 / 22;

Exit print(std::string_view text) {
  const auto written = press::write_file("-", text);
  return written ? Exit::done : tell(written.error());
}

Exit check(const Options& options) {
  const auto data = press::find_data();
  if (!data) return tell(data.error());
  const auto form = press::load_template(*data, options.file);
  if (!form) return tell(form.error());
  std::size_t sections = 0;
  for (const auto& page : form->pages) sections += page.size();
  return print(fmt::format("{}: no faults. {}, {}, {}: {} sections on {} {}.\n",
                           printable(options.file), report::kind_name(form->kind),
                           printable(form->language),
                           form->paper == report::Paper::a4 ? "A4" : "Letter", sections,
                           form->pages.size(), form->pages.size() == 1 ? "page" : "pages"));
}

/// The invented patients that legwork brings along, by name.
std::vector<std::string> samples(const std::string& data) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(fs::path(data) / "examples", ignored))
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().native());
  std::sort(names.begin(), names.end());
  return names;
}

Exit preview(const Options& options) {
  const auto data = press::find_data();
  if (!data) return tell(data.error());
  const auto names = samples(*data);
  if (std::find(names.begin(), names.end(), options.sample) == names.end()) {
    tell(options.sample, fmt::format("is no sample; use {}", fmt::join(names, ", ")));
    return Exit::misuse;
  }
  PatientOptions patient;
  patient.chart = {(fs::path(*data) / "examples" / (options.sample + ".json")).native()};
  patient.as_of = samples_read_on;
  const auto assessed = assess_patient(*data, patient);
  if (!assessed) return tell(assessed.error());
  RenderOptions how;
  how.layout = options.file;
  const auto rendered = render(*data, patient, how, *assessed);
  if (!rendered) return tell(rendered.error());
  tell_unprintable(rendered->unprintable, options.output);
  if (const auto written = press::write_file(options.output, rendered->pdf); !written)
    return tell(written.error());
  return Exit::done;
}

void add_file(CLI::App& command, Options& options) {
  command.add_option("template", options.file, "one that legwork brings along, or a file")
      ->option_text("clinician|compact|patient|FILE REQUIRED")
      ->required();
}
}  // namespace

void add_template(CLI::App& app, std::function<Exit()>& chosen) {
  auto* command =
      app.add_subcommand("template", "Work on a report's template")->require_subcommand(1);
  const auto options = std::make_shared<Options>();

  auto* checking =
      command->add_subcommand("check", "Say what is wrong with a template, and how to mend it");
  add_file(*checking, *options);
  checking->callback([options, &chosen] { chosen = [options] { return check(*options); }; });

  auto* previewing =
      command->add_subcommand("preview", "Make the report of an invented patient with a template");
  add_file(*previewing, *options);
  previewing
      ->add_option("-o,--output", options->output, "where to write the PDF (default: preview.pdf)")
      ->option_text("FILE");
  previewing
      ->add_option("--sample", options->sample,
                   "which patient: a usual one (default), nothing-on-file, one-leg-sudden, "
                   "far-too-much, right-to-left or another of the examples")
      ->option_text("NAME");
  previewing->callback([options, &chosen] { chosen = [options] { return preview(*options); }; });

  auto* schema =
      command->add_subcommand("schema", "Print the XML schema of templates, for editors");
  schema->callback([&chosen] { chosen = [] { return print(report::template_schema()); }; });
}
}  // namespace legwork::app
