#include "app/patient.hpp"

#include "app/tell.hpp"
#include "app/unmapped.hpp"
#include "causes/assess.hpp"
#include "causes/site_codes.hpp"
#include "fhir/read.hpp"
#include "press/clock.hpp"
#include "press/data.hpp"
#include "press/io.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

namespace legwork::app {
namespace {
DateSpan date_option(const std::string& option, const std::string& text) {
  if (const auto date = parse_date(text)) return *date;
  throw CLI::ValidationError(option, "'" + text + "' is no date; write it as 2026-11-22");
}

std::string_view remedy(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::malformed:
      return "export the chart again and give all of it";
    case ErrorKind::unsupported:
      return "give one patient's FHIR R4 resources";
    case ErrorKind::missing:
      return "add the Patient resource to the input";
    case ErrorKind::unavailable:
      return "give one patient's record, not a whole export";
  }
  return {};
}

tl::expected<void, std::vector<Error>> add_codes(causes::Pack& pack, const std::string& path) {
  if (path.empty()) return {};
  const auto text = press::read_file(path, press::input_limit);
  if (!text) return tl::unexpected(std::vector{text.error()});
  return causes::add_site_codes(pack, {path, *text});
}
}  // namespace

Error with_remedy(Error error) {
  if (error.what.find(';') == std::string::npos) error.what.append("; ").append(remedy(error.kind));
  return error;
}

std::vector<fhir::Note> rejected(const fhir::Chart& chart) {
  std::vector<fhir::Note> result;
  std::ranges::copy_if(chart.notes, std::back_inserter(result), [](const fhir::Note& note) {
    return note.severity == fhir::Note::Severity::warning;
  });
  return result;
}

void add_as_of(CLI::App& command, Day& as_of, const std::string& purpose) {
  as_of = press::today();
  command
      .add_option_function<std::string>(
          "--as-of",
          [&as_of](const std::string& text) {
            const auto date = date_option("--as-of", text);
            if (!date.exact())
              throw CLI::ValidationError("--as-of", "needs a day; write it as 2026-11-22");
            as_of = date.first;
          },
          purpose + " (default: today)")
      ->option_text("DATE");
}

void add_patient_options(CLI::App& command, PatientOptions& options) {
  command
      .add_option("chart", options.chart,
                  "FHIR R4 files (JSON, NDJSON, XML), folders of them, or - for standard input; "
                  "all of one patient")
      ->option_text("CHART... REQUIRED")
      ->required();
  command
      .add_option("--answers", options.answers,
                  "QuestionnaireResponse with what the patient says now")
      ->option_text("FILE");
  add_as_of(command, options.as_of);
  command
      .add_option_function<std::string>(
          "--onset",
          [&options](const std::string& text) { options.onset = date_option("--onset", text); },
          "when the complaint began, if the chart does not say or is wrong")
      ->option_text("DATE");
  command.add_option("--pack", options.pack, "another pack than heavy-legs")->option_text("DIR");
  command
      .add_option("--codes", options.codes,
                  "a site's own codes: CSV with the columns system, code, concept")
      ->option_text("FILE");
  command
      .add_option("--unmapped", options.unmapped,
                  "write the codes that the pack does not know, most frequent first, as CSV that "
                  "--codes can read; - shows them on standard error")
      ->option_text("FILE");
  command.parse_complete_callback([&options] {
    if (options.onset && options.onset->first > options.as_of)
      throw CLI::ValidationError("--onset", "lies after the day of --as-of");
    if (std::ranges::count(options.chart, "-") > 1)
      throw CLI::ValidationError("CHART", "standard input can be read only once");
    if (const auto why = why_not_written(options.unmapped, options); !why.empty())
      throw CLI::ValidationError("--unmapped", options.unmapped + " " + std::string(why));
  });
}

std::string_view why_not_written(const std::string& output, const PatientOptions& options) {
  std::error_code ignored;
  const auto is_output = [&](const std::string& path) {
    return !path.empty() && std::filesystem::equivalent(path, output, ignored);
  };
  if (std::ranges::any_of(options.chart, is_output))
    return "is the chart itself; give the output another name";
  if (is_output(options.answers) || is_output(options.codes))
    return "is read by this command; give the output another name";
  return {};
}

tl::expected<PatientRecord, std::vector<Error>> read_patient(const std::string& data,
                                                             const PatientOptions& options) {
  auto pack = press::load_pack(data, options.pack);
  if (!pack) return tl::unexpected(pack.error());
  if (auto added = add_codes(*pack, options.codes); !added) return tl::unexpected(added.error());

  auto paths = options.chart;
  if (!options.answers.empty()) paths.push_back(options.answers);
  auto files = press::read_charts(paths, press::input_limit);
  if (!files) return tl::unexpected(std::vector{files.error()});
  std::vector<fhir::Input> inputs;
  for (const auto& file : *files) inputs.push_back({file.name, file.text});

  fhir::Unmapped unmapped;
  auto chart = options.unmapped.empty() ? fhir::read_chart(inputs, pack->vocabulary)
                                        : fhir::read_chart(inputs, pack->vocabulary, unmapped);
  if (!chart) return tl::unexpected(std::vector{with_remedy(chart.error())});
  if (const auto listed = write_unmapped(unmapped, options.unmapped); !listed)
    return tl::unexpected(std::vector{listed.error()});
  const auto left_out = rejected(*chart);
  tell_rejected(left_out);
  if (!options.keep_files) files->clear();
  return PatientRecord{std::move(*pack), std::move(*chart),
                       left_out.empty() ? Exit::done : Exit::in_part, std::move(*files)};
}

tl::expected<Assessed, std::vector<Error>> assess_patient(const std::string& data,
                                                          const PatientOptions& options) {
  auto record = read_patient(data, options);
  if (!record) return tl::unexpected(record.error());
  auto assessment = causes::assess(record->chart, record->pack, {options.as_of, options.onset});
  return Assessed{std::move(record->pack), std::move(assessment), record->exit,
                  std::move(record->files)};
}
}  // namespace legwork::app
