#pragma once

#include "tests/causes/generated_charts.hpp"

#include <string>

/// Both evaluators on one chart.
namespace legwork::tests {
struct Agreement {
  std::string disagreement;  ///< "low-iron: possible 1, naive: supported 4"; "" for none
  bool weaker = false;       ///< `assess` says unknown where the naive evaluator tried all days
};

/// Where the two evaluators disagree about a chart. `assess` looks at the ends of a date that is
/// known in part, and at each date by itself: it may then say unknown where trying the days gives
/// the same answer on each of them, never the other way round, and never where all dates are known.
Agreement agreement_on(const GeneratedCase& made, const causes::Pack& pack);

/// The chart with as few entries as still make the two disagree.
GeneratedCase smallest_disagreement(GeneratedCase made, const causes::Pack& pack);
}  // namespace legwork::tests
