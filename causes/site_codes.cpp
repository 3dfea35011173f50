#include "causes/site_codes.hpp"

#include "base/csv.hpp"
#include "base/text.hpp"
#include "base/xml.hpp"
#include "causes/nearest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace legwork::causes {
namespace {
using fhir::Kind;
using fhir::Medication;
using fhir::SystemId;
using Meaning = fhir::Vocabulary::Meaning;

/// What a column may be called. Of these the first three must be there; the last four are for
/// people, and for the list of unmapped codes, which becomes a map when it is filled in.
enum Column : std::size_t { system_, code_, concept_, route_, kind_, display_, count_, note_ };
constexpr std::array<std::string_view, 8> column_names = {"system", "code",    "concept", "route",
                                                          "kind",   "display", "count",   "note"};
constexpr std::size_t required_columns = 3;
constexpr std::string_view header = "system,code,concept";

/// A row of the map that stands up by itself.
struct Mapping {
  std::size_t line = 0;
  std::string_view system, code;
  std::vector<ConceptId> concepts;  ///< ascending, no repeats; several for a combination
  Medication::Route route = Medication::Route::unclear;
};

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
  MapReading(const Pack& pack, const PackFile& csv)
      : pack_(pack), name_(csv.name), csv_(read_csv(csv.text)), known_(pack.vocabulary) {}

  tl::expected<fhir::Vocabulary, std::vector<Error>> read() && {
    if (!read_header()) return tl::unexpected(errors());
    for (std::size_t at = 1; at < csv_.rows.size(); ++at) {
      if (const auto mapping = read_row(csv_.rows[at])) add(*mapping);
    }
    faults_.insert(faults_.end(), csv_.faults.begin(), csv_.faults.end());
    if (!faults_.empty()) return tl::unexpected(errors());
    return std::move(known_);
  }

 private:
  void fault(std::size_t line, std::string what) { faults_.push_back({line, std::move(what)}); }

  std::vector<Error> errors() {
    std::stable_sort(faults_.begin(), faults_.end(),
                     [](const CsvFault& a, const CsvFault& b) { return a.line < b.line; });
    std::vector<Error> made;
    for (CsvFault& fault : faults_) {
      made.push_back(
          {ErrorKind::malformed, fmt::format("{}:{}", name_, fault.line), std::move(fault.what)});
    }
    return made;
  }

  /// Does not quote the line: who names another file by mistake may name a chart.
  bool read_header() {
    const auto& [rows, faults] = csv_;
    if (!faults.empty() && (rows.empty() || faults.front().line < rows.front().line)) {
      faults_ = {faults.front()};
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
    if (missing.empty()) return faults_.empty();
    faults_.clear();  // of no help while it may be another kind of file
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
  std::optional<Mapping> read_row(const CsvRow& row) {
    const std::size_t width = csv_.rows.front().fields.size();
    if (row.fields.size() != width) {
      fault(row.line, fmt::format("has {} values where the header names {} columns; put a value "
                                  "that holds a comma in quotes",
                                  row.fields.size(), width));
      return {};
    }
    if (value(row, concept_).empty()) return {};
    const std::size_t faults_before = faults_.size();
    Mapping mapping{row.line, value(row, system_), value(row, code_), concepts_of(row), {}};
    mapping.route = route_of(row, mapping.concepts);
    check_code(mapping);
    return faults_.size() == faults_before ? std::optional(mapping) : std::nullopt;
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

  void add(const Mapping& mapping) {
    if (known_.system(mapping.system) == 0 && !known_.has_room()) {
      fault(mapping.line, "there are more code systems than fit; leave out those of rare codes");
      return;
    }
    const SystemId system = known_.add_system(mapping.system);
    if (contradicts_pack(mapping) || repeats_row(mapping, system)) return;
    for (const ConceptId id : mapping.concepts) {
      if (pack_says(mapping, id)) continue;
      known_.add_code(system, mapping.code,
                      {.id = id,
                       .kind = pack_.concepts[id].kind,
                       .route = mapping.route,
                       .matched_by = fhir::MatchedBy::site_code});
    }
  }

  std::vector<Meaning> meanings_in_pack(const Mapping& mapping) const {
    std::vector<Meaning> found;
    pack_.vocabulary.find_code(pack_.vocabulary.system(mapping.system), mapping.code, found);
    return found;
  }

  /// Whether the pack itself says all that the row says of this concept.
  bool pack_says(const Mapping& mapping, ConceptId id) const {
    const auto known = meanings_in_pack(mapping);
    return std::any_of(known.begin(), known.end(), [&](const Meaning& meaning) {
      return meaning.id == id &&
             (mapping.route == Medication::Route::unclear || meaning.route == mapping.route);
    });
  }

  bool contradicts_pack(const Mapping& mapping) {
    for (const Meaning& meaning : meanings_in_pack(mapping)) {
      const std::string& id = pack_.concepts[meaning.id].id;
      if (!std::binary_search(mapping.concepts.begin(), mapping.concepts.end(), meaning.id)) {
        fault(mapping.line, fmt::format("the pack itself reads the code '{}' as '{}'; delete the "
                                        "row, or have the pack corrected",
                                        mapping.code, id));
        return true;
      }
      if (mapping.route != Medication::Route::unclear &&
          meaning.route != Medication::Route::unclear && meaning.route != mapping.route) {
        fault(mapping.line, fmt::format("the pack itself says another route for the code '{}'; "
                                        "leave the route empty, or have the pack corrected",
                                        mapping.code));
        return true;
      }
    }
    return false;
  }

  /// True for a row that another has said before: a fault where it says something else.
  bool repeats_row(const Mapping& mapping, SystemId system) {
    const auto [found, first] = rows_.emplace(std::pair(system, mapping.code), mapping);
    if (first) return false;
    const Mapping& before = found->second;
    if (before.concepts != mapping.concepts) {
      fault(mapping.line,
            fmt::format("line {} maps the code '{}' to '{}'; delete one of the two, or write both "
                        "concepts into one row, with a space between, if the code means both",
                        before.line, mapping.code, names_of(before.concepts)));
    } else if (before.route != mapping.route) {
      fault(mapping.line, fmt::format("line {} says another route for the code '{}'; delete one",
                                      before.line, mapping.code));
    }
    return true;
  }

  std::string names_of(const std::vector<ConceptId>& concepts) const {
    std::vector<std::string_view> ids;
    for (const ConceptId id : concepts) ids.push_back(pack_.concepts[id].id);
    return fmt::format("{}", fmt::join(ids, " "));
  }

  const Pack& pack_;
  const std::string& name_;
  Csv csv_;
  fhir::Vocabulary known_;  // the pack's, and what was added
  std::array<std::optional<std::size_t>, column_names.size()> at_;
  std::map<std::pair<SystemId, std::string_view>, Mapping> rows_;
  std::vector<CsvFault> faults_;
};
}  // namespace

tl::expected<void, std::vector<Error>> add_site_codes(Pack& pack, const PackFile& csv) {
  auto vocabulary = MapReading(pack, csv).read();
  if (!vocabulary) return tl::unexpected(std::move(vocabulary.error()));
  pack.vocabulary = std::move(*vocabulary);
  return {};
}
}  // namespace legwork::causes
