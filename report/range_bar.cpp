#include "report/range_bar.hpp"

#include <algorithm>

namespace legwork::report {
double place_on_bar(const RangeBar& bar) {
  const double value = bar.value;
  double where = 0.5;
  if (bar.low && value < *bar.low)
    where = *bar.low > 0 ? band_low * std::max(value, 0.0) / *bar.low : 0;
  else if (bar.high && value > *bar.high)
    where = value > 0 && *bar.high >= 0 ? 1 - (1 - band_high) * *bar.high / value : 1;
  else if (bar.low && bar.high && *bar.high > *bar.low)
    where = band_low + (band_high - band_low) * (value - *bar.low) / (*bar.high - *bar.low);
  else if (bar.high)
    where = *bar.high > 0 ? band_high * std::max(value, 0.0) / *bar.high : band_high;
  else if (bar.low)
    where = value > 0 ? 1 - (1 - band_low) * std::max(*bar.low, 0.0) / value : band_low;
  return std::clamp(where, 0.03, 0.97);
}
}  // namespace legwork::report
