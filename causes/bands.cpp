#include "causes/bands.hpp"

#include <tuple>

namespace legwork::causes {
Interval both(const Interval& a, const Interval& b) {
  Interval met = a;
  if (std::tuple(b.low, b.low_open) > std::tuple(a.low, a.low_open)) {
    met.low = b.low;
    met.low_open = b.low_open;
  }
  if (std::tuple(b.high, !b.high_open) < std::tuple(a.high, !a.high_open)) {
    met.high = b.high;
    met.high_open = b.high_open;
  }
  return met;
}

bool is_empty(const Interval& interval) {
  return interval.low > interval.high ||
         (interval.low == interval.high && (interval.low_open || interval.high_open));
}

Interval allowed_by(const std::vector<Bound>& bounds) {
  Interval met;
  for (const Bound& bound : bounds) {
    Interval one;
    switch (bound.relation) {
      case Bound::Relation::below:
      case Bound::Relation::at_most:
        one.high = bound.value;
        one.high_open = bound.relation == Bound::Relation::below;
        break;
      case Bound::Relation::above:
      case Bound::Relation::at_least:
        one.low = bound.value;
        one.low_open = bound.relation == Bound::Relation::above;
        break;
    }
    met = both(met, one);
  }
  return met;
}
}  // namespace legwork::causes
