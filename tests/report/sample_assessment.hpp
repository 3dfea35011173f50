#pragma once

#include "causes/assessment.hpp"

#include <cstddef>
#include <string>

// Invented patients, as assessments: what layouts are tried on. No engine, no pack.

namespace legwork::report {
/// The clinician's dream case: amlodipine seven weeks before the onset, ferritin 18, no duplex.
causes::Assessment typical_assessment();
/// A chart with a patient and nothing else.
causes::Assessment empty_assessment();
/// The typical case with a red flag on record.
causes::Assessment alarming_assessment();
/// Far more of everything than two pages hold: 60 causes, 40 results, 30 medications, 50 questions.
causes::Assessment crowded_assessment();
/// Every text of the record and the pack is this long.
causes::Assessment wordy_assessment(std::size_t characters);

/// The same patient under another name.
causes::Assessment named(causes::Assessment assessment, std::string family, std::string given);
}  // namespace legwork::report
