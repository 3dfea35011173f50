#include "causes/site_map.hpp"

#include "base/text.hpp"
#include "base/xml.hpp"
#include "causes/nearest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace legwork::causes {
namespace {
using fhir::Kind;
using fhir::Medication;

/// What a column may be called. Of these the first three must be there; the last four are for
/// people, and for the list of unmapped codes, which becomes a map when it is filled in.
enum Column : std::size_t { system_, code_, concept_, route_, kind_, display_, count_, note_ };
constexpr std::array<std::string_view, 8> column_names = {"system", "code",    "concept", "route",
                                                          "kind",   "display", "count",   "note"};
constexpr std::size_t required_columns = 3;
constexpr std::string_view header = "system,code,concept";

/// "1.2345E+11": what a spreadsheet makes of a long number.
bool is_shortened_number(std::string_view code) {
  const auto digits = [](std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
  };
  const auto power = code.find("E+");
  if (power == code.npos || !digits(code.substr(power + 2))) return false;
  const auto number = code.substr(0, power);
  const auto point = number.find_first_of(".,");
  if (point == number.npos) return digits(number);
  return digits(number.substr(0, point)) && digits(number.substr(point + 1));
}

class MapReading {
 public:
  MapReading(std::string_view csv, const Pack& pack) : pack_(pack), csv_(read_csv(csv)) {}

  SiteMap read() && {
    if (!read_header()) return std::move(map_);
    for (std::size_t at = 1; at < csv_.rows.size(); ++at) read_row(csv_.rows[at]);
    map_.faults.insert(map_.faults.end(), csv_.faults.begin(), csv_.faults.end());
    return std::move(map_);
  }

 private:
  void fault(std::size_t line, std::string what) { map_.faults.push_back({line, std::move(what)}); }

  /// Does not quote the line: who names another file by mistake may name a chart.
  bool read_header() {
    const auto& [rows, faults] = csv_;
    if (!faults.empty() && (rows.empty() || faults.front().line < rows.front().line)) {
      map_.faults = {faults.front()};
      return false;
    }
    if (rows.empty()) {
      fault(1, fmt::format("has no header; begin the file with the line {}", header));
      return false;
    }
    const CsvRow& row = rows.front();
    for (std::size_t at = 0; at < row.fields.size(); ++at) read_column_name(row, at);
    std::vector<std::string_view> missing;
    for (std::size_t column = 0; column < required_columns; ++column) {
      if (!at_[column]) missing.push_back(column_names[column]);
    }
    if (missing.empty()) return map_.faults.empty();
    map_.faults.clear();  // of no help while it may be another kind of file
    fault(row.line, fmt::format("the header has no column {}; begin the file with the line {}, "
                                "with commas between",
                                fmt::join(missing, ", "), header));
    return false;
  }

  void read_column_name(const CsvRow& row, std::size_t at) {
    const std::string name = fold(row.fields[at]);
    const auto found = std::find(column_names.begin(), column_names.end(), name);
    if (found == column_names.end()) {
      fault(row.line, fmt::format("a map has no column '{}'; it may have: {}", trim(row.fields[at]),
                                  fmt::join(column_names, ", ")));
      return;
    }
    auto& place = at_[static_cast<std::size_t>(found - column_names.begin())];
    if (place) fault(row.line, fmt::format("the column '{}' stands twice; delete one", name));
    place = at;
  }

  std::string_view value(const CsvRow& row, Column column) const {
    return at_[column] ? trim(row.fields[*at_[column]]) : std::string_view();
  }

  /// A row without a concept is one that nobody has decided yet: it says nothing.
  void read_row(const CsvRow& row) {
    const std::size_t width = csv_.rows.front().fields.size();
    if (row.fields.size() != width) {
      fault(row.line, fmt::format("has {} values where the header names {} columns; put a value "
                                  "that holds a comma in quotes",
                                  row.fields.size(), width));
      return;
    }
    if (value(row, concept_).empty()) return;
    const std::size_t faults_before = map_.faults.size();
    Mapping mapping{row.line,
                    std::string(value(row, system_)),
                    std::string(value(row, code_)),
                    concepts_of(row),
                    {}};
    mapping.route = route_of(row, mapping.concepts);
    check_code(mapping);
    if (map_.faults.size() == faults_before) map_.rows.push_back(std::move(mapping));
  }

  void check_code(const Mapping& mapping) {
    if (mapping.system.empty()) {
      fault(mapping.line,
            "the system is blank; write the system that the chart sends with this code");
    }
    if (mapping.code.empty()) {
      fault(mapping.line, "the code is empty; write the code, or delete the row");
    } else if (is_shortened_number(mapping.code)) {
      fault(mapping.line,
            fmt::format("'{}' is a number that a spreadsheet has shortened; write the whole code, "
                        "in a column of the format text",
                        mapping.code));
    }
  }

  std::vector<ConceptId> concepts_of(const CsvRow& row) {
    std::vector<ConceptId> found;
    for (const auto id : words(value(row, concept_))) {
      const auto at = std::find_if(pack_.concepts.begin(), pack_.concepts.end(),
                                   [&](const Concept& known) { return known.id == id; });
      if (at == pack_.concepts.end()) {
        fault(row.line, unknown(id));
      } else {
        found.push_back(static_cast<ConceptId>(at - pack_.concepts.begin()));
      }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    check_combination(row, found);
    return found;
  }

  std::string unknown(std::string_view id) const {
    std::vector<std::string_view> ids;
    for (const Concept& known : pack_.concepts) ids.push_back(known.id);
    const auto near = nearest(id, ids);
    if (near.empty()) {
      return fmt::format(
          "the pack has no concept '{}', nor one of a like name; take one of its "
          "concepts",
          id);
    }
    return fmt::format("the pack has no concept '{}'; did you mean {}?", id, fmt::join(near, ", "));
  }

  void check_combination(const CsvRow& row, const std::vector<ConceptId>& concepts) {
    if (concepts.size() < 2) return;
    const Kind kind = pack_.concepts[concepts[0]].kind;
    const bool same = std::all_of(concepts.begin(), concepts.end(),
                                  [&](ConceptId id) { return pack_.concepts[id].kind == kind; });
    if (!same) {
      fault(row.line, "the concepts are of different kinds; a code has one kind: leave one out");
    } else if (kind == Kind::observation) {
      fault(row.line, "a value belongs to one observation; leave one concept out");
    }
  }

  Medication::Route route_of(const CsvRow& row, const std::vector<ConceptId>& concepts) {
    const auto word = value(row, route_);
    if (word.empty()) return Medication::Route::unclear;
    if (!concepts.empty() && pack_.concepts[concepts[0]].kind != Kind::medication) {
      fault(row.line, "only a medication has a route; leave it empty");
    }
    if (word == "systemic") return Medication::Route::systemic;
    if (word == "local") return Medication::Route::local;
    fault(row.line, fmt::format("the route '{}' is none of: systemic, local; leave it empty where "
                                "the code does not tell",
                                word));
    return Medication::Route::unclear;
  }

  const Pack& pack_;
  Csv csv_;
  std::array<std::optional<std::size_t>, column_names.size()> at_;
  SiteMap map_;
};
}  // namespace

SiteMap read_site_map(std::string_view csv, const Pack& pack) {
  return MapReading(csv, pack).read();
}
}  // namespace legwork::causes
