#pragma once

#include "causes/assess.hpp"
#include "causes/truth.hpp"
#include "tests/causes/generated_charts.hpp"

#include <string>
#include <vector>

/// Criteria seen through the public door: each becomes a cause of its own, which is supported where
/// the criterion says yes, unlikely where it says no, and undetermined where it is unknown.
namespace legwork::tests {
/// The pack with one more cause for each criterion, and without tests and banners.
causes::Pack with_probes(causes::Pack pack, const std::vector<causes::Criterion>& criteria);

/// The probes' answers, in the order of the criteria.
std::vector<causes::Truth> probed(const causes::Assessment& assessment, std::size_t count);

/// Leaves of the pack with other periods, states, bounds and starts than the pack itself uses.
std::vector<causes::Criterion> varied_leaves(const Material& material, std::size_t count,
                                             Random& random);

/// What a leaf asks, for the message of a failing test.
std::string told(const causes::Criterion& leaf, const causes::Pack& pack);

/// What a tree is made of: all, any, not and at-least; or these, recorded and sequence.
enum class Logic { kleene, all };

/// A tree over leaves, as deep as is said at most.
causes::Criterion random_tree(const std::vector<causes::Criterion>& leaves, int depth, Logic logic,
                              Random& random);
}  // namespace legwork::tests
