#pragma once

#include "causes/patient_words.hpp"

#include <cstddef>
#include <string_view>

namespace legwork::report {
/// Words for the patients of sample_assessment.hpp, in "en" or "es". No pack.
causes::PatientWords sample_words(std::string_view language = "en");
/// The same with every text this long.
causes::PatientWords wordy_words(std::size_t characters);
}  // namespace legwork::report
