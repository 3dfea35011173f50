#pragma once

#include "causes/pack.hpp"

#include <string>

namespace legwork::causes {
/// One node of a criterion as a clinician reads it: a leaf in full, "ferritin at most 75 ug/L
/// within 12 months", a combinator by its label alone, "all of". The words are the pack's phrases
/// "criterion.…", so that another language is another file.
std::string in_words(const Criterion& criterion, const Pack& pack);

/// "12 months", "2 weeks", "90 days": the largest unit that says the period exactly, and months up
/// to two years. Unlike Phrases::interval it rounds nothing: a rule is quoted, not estimated.
std::string in_words(Period period, const Phrases& phrases);

/// The words for a status that a criterion asks for: "supported", "not recorded".
std::string in_words(CauseStatus status, const Phrases& phrases);
std::string in_words(RedFlagStatus status, const Phrases& phrases);

/// A named criterion's name: "edema on record".
std::string in_words(const NamedCriterion& criterion);
}  // namespace legwork::causes
