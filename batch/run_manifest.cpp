#include "batch/run_manifest.hpp"

#include <boost/json.hpp>

namespace legwork::batch {
namespace {
namespace json = boost::json;

json::array array_of(const std::vector<std::string>& texts) {
  json::array array;
  for (const auto& text : texts) array.emplace_back(json::string(text));
  return array;
}

/// What the server said of the export: what is not here is unknown.
json::object export_of(const ExportManifest& said, const Gathered& gathered) {
  return {{"transactionTime", said.transaction_time},
          {"deletions", gathered.deletions},
          {"leftOut", gathered.left_out},
          {"problems", gathered.problems},
          {"errorFiles", array_of(said.error_files)},
          {"missingFiles", array_of(said.missing)},
          {"shortFiles", array_of(said.cut_short)}};
}
}  // namespace

std::vector<std::string> files_cut_short(const std::vector<InputFile>& files,
                                         const ExportManifest& said, const Gathered& gathered) {
  std::vector<std::string> names;
  for (const auto& [file, lines] : said.promises)
    if (gathered.lines_of_files[file] < lines) names.push_back(files[file].name);
  return names;
}

bool is_partial(const ExportManifest& said, const Gathered& gathered) {
  return gathered.problems > 0 || !said.missing.empty() || !said.cut_short.empty();
}

std::string manifest_of(const Counts& counts, const ExportManifest& said, const Gathered& gathered,
                        const MadeWith& with) {
  const auto& lines = counts.lines;
  const auto& patients = counts.patients;
  return json::serialize(
             json::object{{"lines", json::object{{"read", lines.read},
                                                 {"used", lines.used},
                                                 {"notNeeded", lines.not_needed},
                                                 {"rejected", lines.rejected}}},
                          {"patients", json::object{{"seen", patients.seen},
                                                    {"reported", patients.reported},
                                                    {"notSymptomatic", patients.not_symptomatic},
                                                    {"rejected", patients.rejected},
                                                    {"unchanged", patients.unchanged}}},
                          {"complete", true},
                          {"export", export_of(said, gathered)},
                          {"asOf", iso(with.as_of)},
                          {"pack", json::object{{"id", with.provenance.pack_id},
                                                {"version", with.provenance.pack_version},
                                                {"digest", with.provenance.pack_digest}}},
                          {"program", LEGWORK_VERSION}}) +
         "\n";
}
}  // namespace legwork::batch
