#pragma once

#include "base/date.hpp"
#include "causes/compare.hpp"
#include "causes/compare_packs.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace legwork::app {
/// One patient whom two packs judge differently. Never the name.
struct ChartDifference {
  std::string chart;    ///< the file's name
  std::string patient;  ///< "Patient/p1"
  causes::Difference difference;
};

/// Two packs held against the same charts.
struct PackComparison {
  struct Version {
    std::string id, version;
  };
  Version old, now;
  Day as_of;
  causes::PackDifference packs;
  std::vector<ChartDifference> charts;  ///< those that differ, in the order that they were read
  std::size_t compared = 0, rejected = 0;
};

/// For people: packs, then patients, then how many gain and lose each line.
std::string to_text(const PackComparison& comparison);
/// The same for programs; docs/pack.md tells its members.
std::string to_json(const PackComparison& comparison);
}  // namespace legwork::app
