#include "causes/site_codes.hpp"

#include "causes/site_map.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace legwork::causes {
namespace {
using fhir::SystemId;
using Meanings = std::vector<fhir::Vocabulary::Meaning>;
using Route = fhir::Medication::Route;

/// Holds the rows of a map against each other and against the pack, and adds what they say.
class Adding {
 public:
  Adding(const Pack& pack, std::vector<CsvFault> faults)
      : pack_(pack), known_(pack.vocabulary), faults_(std::move(faults)) {}

  void add(const Mapping& row) {
    if (known_.system(row.system) == 0 && !known_.has_room()) {
      return fault(row, "there are more code systems than fit; leave out those of rare codes");
    }
    const SystemId system = known_.add_system(row.system);
    Meanings in_pack;
    pack_.vocabulary.find_code(system, row.code, in_pack);
    if (contradicts(row, in_pack) || is_repeated(row, system)) return;
    const bool adds_route = row.route != Route::unclear && !tells_route(in_pack);
    if (!in_pack.empty() && !adds_route) return;
    for (const ConceptId id : row.concepts) {
      known_.add_code(system, row.code,
                      {.id = id,
                       .kind = pack_.concepts[id].kind,
                       .route = row.route,
                       .matched_by = fhir::MatchedBy::site_code});
    }
  }

  const fhir::Vocabulary& vocabulary() const { return known_; }

  std::vector<CsvFault> faults() const {
    auto sorted = faults_;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const CsvFault& a, const CsvFault& b) { return a.line < b.line; });
    return sorted;
  }

 private:
  void fault(const Mapping& row, std::string what) {
    faults_.push_back({row.line, std::move(what)});
  }

  static bool tells_route(const Meanings& meanings) {
    return std::any_of(meanings.begin(), meanings.end(),
                       [](const auto& meaning) { return meaning.route != Route::unclear; });
  }

  bool contradicts(const Mapping& row, const Meanings& in_pack) {
    std::vector<ConceptId> ids;
    for (const auto& meaning : in_pack) ids.push_back(meaning.id);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    const bool other_route = row.route != Route::unclear &&
                             std::any_of(in_pack.begin(), in_pack.end(), [&](const auto& meaning) {
                               return meaning.route != Route::unclear && meaning.route != row.route;
                             });
    if (!ids.empty() && ids != row.concepts) {
      fault(row, fmt::format("the pack itself reads the code '{}' as '{}'; delete the row, or have "
                             "the pack corrected",
                             row.code, names_of(ids)));
    } else if (other_route) {
      fault(row, fmt::format("the pack itself says another route for the code '{}'; leave the "
                             "route empty, or have the pack corrected",
                             row.code));
    } else {
      return false;
    }
    return true;
  }

  /// True for a row that another has said before: a fault where it says something else.
  bool is_repeated(const Mapping& row, SystemId system) {
    const auto [found, first] = rows_.emplace(std::pair(system, std::string_view(row.code)), &row);
    if (first) return false;
    const Mapping& before = *found->second;
    if (before.concepts != row.concepts) {
      fault(row, fmt::format("line {} maps the code '{}' to '{}'; delete one of the two, or write "
                             "both concepts into one row, with a space between, if the code means "
                             "both",
                             before.line, row.code, names_of(before.concepts)));
    } else if (before.route != row.route) {
      fault(row, fmt::format("line {} says another route for the code '{}'; delete one",
                             before.line, row.code));
    }
    return true;
  }

  std::string names_of(const std::vector<ConceptId>& concepts) const {
    std::vector<std::string_view> ids;
    for (const ConceptId id : concepts) ids.push_back(pack_.concepts[id].id);
    return fmt::format("{}", fmt::join(ids, " "));
  }

  const Pack& pack_;
  fhir::Vocabulary known_;  // the pack's, and what was added
  std::map<std::pair<SystemId, std::string_view>, const Mapping*> rows_;
  std::vector<CsvFault> faults_;
};
}  // namespace

tl::expected<void, std::vector<Error>> add_site_codes(Pack& pack, const PackFile& csv) {
  SiteMap map = read_site_map(csv.text, pack);
  Adding adding(pack, std::move(map.faults));
  for (const Mapping& row : map.rows) adding.add(row);
  std::vector<Error> errors;
  for (auto& [line, what] : adding.faults()) {
    errors.push_back({ErrorKind::malformed, fmt::format("{}:{}", csv.name, line), what});
  }
  if (!errors.empty()) return tl::unexpected(std::move(errors));
  pack.vocabulary = adding.vocabulary();
  return {};
}
}  // namespace legwork::causes
