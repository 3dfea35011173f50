#include "app/verify.hpp"

#include "app/changes_text.hpp"
#include "app/differences.hpp"
#include "app/patient.hpp"
#include "app/render.hpp"
#include "app/tell.hpp"
#include "base/digest.hpp"
#include "causes/read_assessment.hpp"
#include "press/data.hpp"
#include "press/io.hpp"
#include "report/attached.hpp"
#include "report/made_from.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

// The same input gives the same bytes, so a report is checked by making it again. Its file says
// what it was made from: with that it is made again, and where the bytes differ, told why.

namespace legwork::app {
namespace {
struct Options {
  std::string report;
  PatientOptions patient;
  RenderOptions render;
};

Exit answer(const std::string& text, Exit exit) {
  if (const auto written = press::write_file("-", text); !written) return tell(written.error());
  return exit;
}

Exit same(const Options& options) {
  return answer(fmt::format("{}: is what this chart and this pack give, byte for byte\n",
                            printable(options.report)),
                Exit::done);
}

/// `listed` stands below the reasons; it may be "".
Exit different(const Options& options, const std::vector<std::string>& why,
               const std::string& listed = {}) {
  auto text =
      fmt::format("{}: is not what this chart and this pack give\n", printable(options.report));
  for (const auto& line : why) text += "- " + line + "\n";
  if (!listed.empty()) text += "\n" + listed;
  return answer(text, Exit::in_part);
}

/// Why nothing can be compared with a report whose template is not here.
std::vector<std::string> lacks_template(const report::MadeFrom& from, std::string_view report) {
  std::vector<std::string> why;
  if (!report::is_sealed(report)) why.emplace_back("the file was changed after it was written");
  why.push_back(fmt::format(
      "it was made with a template of its own, {}; give it with --template to compare the pages",
      printable(from.layout)));
  return why;
}

/// Takes over from the report what the command line leaves open; false where the day or the onset
/// that it names is none.
bool take_over(const report::MadeFrom& from, Options& options) {
  const auto as_of = parse_date(from.as_of);
  if (!as_of || !as_of->exact()) return false;
  options.patient.as_of = as_of->first;
  if (!options.patient.onset && !from.onset.empty()) {
    options.patient.onset = parse_date(from.onset);
    if (!options.patient.onset) return false;
  }
  return true;
}

/// What the assessment that a report carries along, and that it was made from, says otherwise than
/// the one of now. "" where it carries none, or says the same.
std::string findings_since(const std::string& report, const report::MadeFrom& then,
                           const causes::Assessment& now) {
  const auto json = report::attached_file(report, press::input_limit);
  if (!json || sha256(*json) != then.assessment_digest) return {};
  const auto earlier = causes::read_assessment(*json, "attached");
  if (!earlier) return {};
  const auto since = causes::since(*earlier, now, "attached");
  if (!since) {
    const auto& what = since.error().what;  // its remedy is for another command
    return fmt::format("The assessment in it {}.\n", what.substr(0, what.find(';')));
  }
  return since->nothing_changed() ? std::string() : to_text(*since);
}

Exit compare(const Options& options, const std::string& report, const report::MadeFrom& then) {
  const auto data = press::find_data();
  if (!data) return tell(data.error());
  const auto assessed = assess_patient(*data, options.patient);
  if (!assessed) return tell(assessed.error());
  const auto rendered = render(*data, options.patient, options.render, *assessed);
  if (!rendered) return tell(rendered.error());
  if (rendered->pdf == report) return same(options);
  const auto now = report::read_made_from(rendered->pdf, options.report);
  if (!now) return tell(now.error());
  const auto bytes = report::is_sealed(report) ? Bytes::as_written : Bytes::changed;
  return different(options, differences(then, *now, bytes),
                   findings_since(report, then, assessed->assessment));
}

Exit run(Options options) {
  const auto report = press::read_file(options.report, press::input_limit);
  if (!report) return tell(report.error());
  const auto then = report::read_made_from(*report, options.report);
  if (!then && then.error().kind == ErrorKind::malformed)
    return different(options, {then.error().what});
  if (!then) return tell(then.error());
  if (!take_over(*then, options))
    return different(options, {"the file was changed after it was written: it no longer says which "
                               "day it was made for"});
  options.render.profile = then->profile;
  if (options.render.layout.empty()) {
    options.render.layout = then->layout;
    if (!press::is_brought_along(then->layout))
      return different(options, lacks_template(*then, *report));
  }
  return compare(options, *report, *then);
}
}  // namespace

void add_verify(CLI::App& app, std::function<Exit()>& chosen) {
  auto* command = app.add_subcommand(
      "verify", "Say whether a report is what a chart and a pack give: 0 it is, 1 it is not");
  const auto options = std::make_shared<Options>();
  options->render.layout.clear();
  command->add_option("report", options->report, "the PDF, as `legwork report` wrote it")
      ->option_text("REPORT REQUIRED")
      ->required();
  add_patient_options(*command, options->patient);
  // The report says for which day it was made, and nothing is written here
  for (const auto* name : {"--as-of", "--unmapped"})
    command->remove_option(command->get_option(name));
  command
      ->add_option("--template", options->render.layout,
                   "the template it was made with, if that is not one that legwork brings along")
      ->option_text("clinician|FILE");
  add_previous(*command, options->render.previous);
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
