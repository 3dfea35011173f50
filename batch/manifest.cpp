#include "batch/manifest.hpp"

#include "press/io.hpp"

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
json::object export_of(const Delivered& delivered) {
  const auto& [said, gathered, cut_short] = delivered;
  return {{"transactionTime", said.transaction_time},
          {"deletions", gathered.deletions},
          {"leftOut", gathered.left_out},
          {"problems", gathered.problems},
          {"errorFiles", array_of(said.error_files)},
          {"missingFiles", array_of(said.missing)},
          {"shortFiles", array_of(cut_short)}};
}
}  // namespace

std::string manifest_of(const Counts& counts, const Delivered& delivered, const Making& making) {
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
                          {"print", json::object{{"files", counts.print.files},
                                                 {"withoutWard", counts.print.without_ward}}},
                          {"export", export_of(delivered)},
                          {"asOf", iso(making.assess.as_of)},
                          {"pack", json::object{{"id", making.pack.provenance.pack_id},
                                                {"version", making.pack.provenance.pack_version},
                                                {"digest", making.pack.provenance.pack_digest}}},
                          {"program", LEGWORK_VERSION}}) +
         "\n";
}

Result<Counts> counts_of(const std::string& out) {
  const auto path = out + "/manifest.json";
  const auto text = press::read_file(path, std::size_t{256} << 20);
  if (!text) return tl::unexpected(text.error());
  std::error_code error;
  const auto value = json::parse(*text, error);
  const auto number = [&](const char* pointer) {
    std::error_code none;
    const auto* found = error ? nullptr : value.find_pointer(pointer, none);
    const bool sound = found != nullptr && found->is_number();
    if (!sound) error = std::make_error_code(std::errc::invalid_argument);
    return sound ? found->to_number<std::uint64_t>() : 0;
  };
  Counts counts;
  counts.lines = {number("/lines/read"), number("/lines/used"), number("/lines/notNeeded"),
                  number("/lines/rejected")};
  counts.patients = {number("/patients/seen"), number("/patients/reported"),
                     number("/patients/notSymptomatic"), number("/patients/rejected"),
                     number("/patients/unchanged")};
  counts.print = {number("/print/files"), number("/print/withoutWard")};
  counts.is_partial = number("/export/problems") > 0;
  for (const auto* list : {"/export/missingFiles", "/export/shortFiles"}) {
    const auto* names = error ? nullptr : value.find_pointer(list, error);
    if (names != nullptr && names->is_array() && !names->get_array().empty())
      counts.is_partial = true;
  }
  if (error) return refuse(ErrorKind::malformed, path, "is not the manifest of a run");
  return counts;
}
}  // namespace legwork::batch
