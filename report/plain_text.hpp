#pragma once

#include "report/document.hpp"

#include <cstddef>
#include <string>

namespace legwork::report {
/// The document as plain text, for a terminal, a mail or a screen reader: UTF-8, lines of at most
/// so many columns where words allow, no control characters but the line break. Like the HTML it
/// has all entries of every list, and red flags right after the patient.
std::string to_text(const Document& document, std::size_t columns);
}  // namespace legwork::report
