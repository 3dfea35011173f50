// Any text as a site's code map. What is read must be read again after it is written, and a map is
// taken, or refused with a reason.
#include "base/csv.hpp"
#include "causes/site_codes.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace legwork;

namespace {
std::string written(const Csv& csv) {
  std::string text = "\xEF\xBB\xBF";  // or one in the first value would be taken for it
  for (const CsvRow& row : csv.rows) {
    text += csv_value(row.fields.front());
    for (std::size_t at = 1; at < row.fields.size(); ++at) text += "," + csv_value(row.fields[at]);
    text += '\n';
  }
  return text;
}

/// A row of one empty value is written as an empty line, which is no row.
bool is_empty(const CsvRow& row) { return row.fields.size() == 1 && row.fields[0].empty(); }

causes::Pack small_pack() {
  causes::Pack pack;
  pack.concepts.resize(2);
  pack.concepts[0].id = "amlodipine";
  pack.concepts[0].kind = fhir::Kind::medication;
  pack.concepts[1].id = "ferritin";
  pack.concepts[1].kind = fhir::Kind::observation;
  const auto loinc = pack.vocabulary.add_system("http://loinc.org");
  pack.vocabulary.add_code(loinc, "2276-4", {1, fhir::Kind::observation});
  return pack;
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Csv csv = read_csv(text);
  std::erase_if(csv.rows, is_empty);
  const Csv again = read_csv(written(csv));
  if (!again.faults.empty() || again.rows.size() != csv.rows.size()) std::abort();
  for (std::size_t at = 0; at < csv.rows.size(); ++at) {
    if (again.rows[at].fields != csv.rows[at].fields) std::abort();
  }

  causes::Pack pack = small_pack();
  const auto added = causes::add_site_codes(pack, {"site.csv", text});
  if (!added && added.error().empty()) std::abort();
  return 0;
}
