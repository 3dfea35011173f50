#pragma once

#include "report/pdf_fonts.hpp"
#include "report/pdf_objects.hpp"

#include <string>

namespace legwork::report {
/// Adds the fonts as composite fonts with embedded programs (PDF 32000-1, 9.7), and returns the
/// entries of the resource dictionary that name them.
std::string add_fonts(const DocumentFonts& fonts, PdfObjects& objects);
}  // namespace legwork::report
