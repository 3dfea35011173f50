#pragma once

#include "report/document.hpp"

#include <vector>

namespace legwork::report {
/// The sections for a form that has no pages: in the template's order, but red flags come right
/// after the patient, since what scrolls has no corner that the eye goes to first.
std::vector<const Section*> arranged(const Document& document);

/// What heads a section: its own heading, or that of the red flags in it; "" for none.
std::string heading_of(const Section& section);
}  // namespace legwork::report
