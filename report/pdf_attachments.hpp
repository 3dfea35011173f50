#pragma once

#include "report/deflate.hpp"
#include "report/pdf.hpp"
#include "report/pdf_objects.hpp"

#include <string>

namespace legwork::report {
/// Adds the attached files (ISO 19005-3, 6.8; PDF 32000-1, 7.11), and returns the entries of the
/// catalog that name them; "" where there are none.
std::string add_attachments(const PdfOptions& options, Deflater& deflater, PdfObjects& objects);
}  // namespace legwork::report
