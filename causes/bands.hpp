#pragma once

#include "causes/results.hpp"

#include <vector>

namespace legwork::causes {
/// The values that meet all bounds of a criterion.
Interval allowed_by(const std::vector<Bound>& bounds);
Interval both(const Interval& a, const Interval& b);
bool is_empty(const Interval& interval);
}  // namespace legwork::causes
