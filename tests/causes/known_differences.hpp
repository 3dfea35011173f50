#pragma once

#include "tests/causes/generated_charts.hpp"

/// Where `assess` does not do what the documents say. The naive evaluator follows it there, so that
/// all the rest can be compared. Each line has its smallest chart in known_differences_test.cpp:
/// when that test passes, the line here goes.
namespace legwork::tests::known {
/// "recorded or begun within": an older entry answers no, and of two dates only `recorded` counts.
inline constexpr bool old_condition_is_no = true;
/// A condition of the future counts today.
inline constexpr bool future_condition_counts = true;
/// "everything of it started after": one drug of several is enough.
inline constexpr bool any_drug_after_onset = true;
/// "how long a dispense without days of supply counts": not asked when a pause is looked for, and
/// what was stopped on an unknown day is taken to go on.
inline constexpr bool no_end_is_no_pause = true;
/// An entry that nobody can identify matters only where no time is asked for, or no drug is listed.
inline constexpr bool unidentified_only_without_time = true;

/// The chart with its dates known to the day (the engine takes a partial date by its ends), and
/// without what else cannot be followed: results of one day of which one is a number and the other
/// present or absent, one present and the other absent, or each with limits of its own.
GeneratedCase tamed(GeneratedCase made);
}  // namespace legwork::tests::known
