#pragma once

#include "report/document.hpp"

namespace legwork::report {
/// Where the laboratory's limits stand on every bar, so that rows compare at a glance: 0 to 1.
inline constexpr double band_low = 0.30, band_high = 0.72;

/// Where a value stands on the bar, 0 to 1; beyond a limit by its ratio to that limit.
double place_on_bar(const RangeBar& bar);
}  // namespace legwork::report
