#pragma once

#include "causes/pack.hpp"

#include <string>
#include <vector>

namespace legwork::causes {
/// What one pack has and the other has not; each list in the order of the alphabet.
struct Added {
  std::vector<std::string> added, removed;
};

struct PackDifference {
  Added claims, causes, red_flags, tests, questions;  ///< ids
  Added thresholds;  ///< "low-iron/ferritin-low: ferritin at most 75 ug/L": whose, of which rule

  bool empty() const;
};

/// What differs between two packs, as far as ids tell.
PackDifference compare(const Pack& old, const Pack& now);
}  // namespace legwork::causes
