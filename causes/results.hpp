#pragma once

#include "causes/pack.hpp"
#include "causes/truth.hpp"

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::causes {
/// What a measured value may be: "<5" is everything from nothing up to, but not including, 5.
struct Interval {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false, high_open = false;
  bool exact() const { return low == high; }
};

/// Whether a bound, times a factor, holds for the value.
Truth holds(const Bound& bound, const Interval& value, double factor = 1);

/// A measurement that can be compared: in the pack's unit, dated, plausible.
struct UsableResult {
  ConceptId id = 0;
  const fhir::Measurement* source = nullptr;
  DateSpan date;
  Interval value;  ///< of no meaning where `present` is set
  std::optional<bool> present;
  std::optional<fhir::Measurement::Limits> limits;  ///< in the pack's unit
  std::string_view flag;                    ///< the laboratory's: "H"; of what was not calculated
  std::string printed;                      ///< "18 ug/L": in the pack's unit, with the comparator
  const fhir::Measurement* over = nullptr;  ///< a ratio: what `source` was divided by
  bool contradicted = false;                ///< another value of the day says otherwise
  bool ranges_differ = false, flags_differ = false;  ///< of several equal ones: none counts
};

/// The usable results of one chart, by concept, oldest first, one for each day: several equal
/// values count once, several different ones make an interval. A concept that is a ratio of two
/// others is calculated for the days that have both and not itself. What cannot be used leaves a
/// note.
class Results {
 public:
  Results(const fhir::Chart& chart, const Pack& pack, Day as_of, std::vector<fhir::Note>& notes);

  const std::vector<UsableResult>& of(ConceptId id) const { return by_concept_[id]; }
  /// The latest, of any concept that counts as this one. Several where dates known in part, or
  /// several of one day, leave it open; in the order of their dates.
  std::vector<const UsableResult*> latest(const Concept& wanted) const;

 private:
  void calculate(ConceptId id, const Pack& pack);
  std::vector<std::vector<UsableResult>> by_concept_;
};

/// "18", "<5", "3.0": a number in the pack's unit, with the concept's decimals at most.
std::string print_number(double value, int digits);
}  // namespace legwork::causes
