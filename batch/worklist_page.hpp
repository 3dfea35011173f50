#pragma once

#include "batch/worklist.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace legwork::batch {
/// What the page says above its rows.
struct WorklistFrame {
  std::string title;  ///< of the complaint
  std::string as_of;  ///< "2026-11-22"
  std::string version;
  std::size_t seen = 0;  ///< patients in the export
  std::string archive;   ///< "reports.zip", which holds the reports; "" where each has a file
  bool has_wards = false;
};

/// What is counted of all rows, be they on the page or not.
struct WorklistTotals {
  /// How often a cause is supported, and how often only possible.
  struct Tally {
    std::size_t supported = 0, possible = 0;
  };
  std::size_t rows = 0, flagged = 0;
  std::map<std::string, Tally, std::less<>> causes;

  void add(const WorklistRow& row);
};

/// More rows than these make a page that browsers are slow with; the CSV has them all.
inline constexpr std::size_t rows_on_page = 20000;

/// The first rows, in their order, as one HTML page that needs nothing but itself: it sorts and
/// filters, counts per cause, and links to the reports beside it. Without scripts it is still the
/// list.
std::string worklist_page(const std::vector<WorklistRow>& first, const WorklistTotals& totals,
                          const WorklistFrame& frame);
}  // namespace legwork::batch
