#pragma once

#include "base/csv.hpp"
#include "causes/pack.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Used by site_codes.cpp alone.
namespace legwork::causes {
/// A row of a site's map, sound in itself: what a code means.
struct Mapping {
  std::size_t line = 0;
  std::string system, code;
  std::vector<ConceptId> concepts;  ///< ascending, no repeats; several for a combination
  fhir::Medication::Route route = fhir::Medication::Route::unclear;
};

struct SiteMap {
  std::vector<Mapping> rows;     ///< those that say something and are sound
  std::vector<CsvFault> faults;  ///< of the others
};

/// Reads the rows of a map one by one: whether they agree with each other and with the codes of the
/// pack is not asked.
SiteMap read_site_map(std::string_view csv, const Pack& pack);
}  // namespace legwork::causes
