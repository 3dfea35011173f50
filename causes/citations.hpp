#pragma once

#include "causes/assessment.hpp"
#include "causes/pack.hpp"

#include <vector>

namespace legwork::causes {
/// The claims that an assessment names, each once, with their sources.
std::vector<CitedClaim> cited_claims(const Assessment& assessment, const Pack& pack);
}  // namespace legwork::causes
