#pragma once

#include "causes/assessment.hpp"

#include <string>

namespace legwork::app {
enum class Ink { plain, colored };

/// An assessment as a person reads it in a terminal: red flags, causes, questions, work-up, notes.
/// The same bytes for the same assessment and ink.
std::string to_text(const causes::Assessment& assessment, Ink ink);
}  // namespace legwork::app
