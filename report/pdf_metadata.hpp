#pragma once

#include "report/page.hpp"
#include "report/pdf.hpp"

#include <string>
#include <string_view>

namespace legwork::report {
inline constexpr std::string_view pdf_producer = "legwork (libharu)";

/// What a file says about itself, twice, as PDF/A-1 wants it: the entries of the information
/// dictionary, and the XMP packet, which agrees with them and claims PDF/A-1a and PDF/UA-1.
std::string information(const Pages& pages, const PdfOptions& options);
std::string xmp_packet(const Pages& pages, const PdfOptions& options);
}  // namespace legwork::report
