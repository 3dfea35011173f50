#pragma once

#include "causes/evaluate.hpp"

#include <vector>

namespace legwork::causes {
/// Every test of the pack, with what to do about it: most urgent first.
std::vector<WorkupItem> work_up(const Facts& facts, Evaluator& evaluator);

/// The questions that nobody has answered and that would tell something: most decisive first.
std::vector<OpenQuestion> open_questions(const Facts& facts, Evaluator& evaluator);
}  // namespace legwork::causes
