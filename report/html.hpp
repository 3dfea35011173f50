#pragma once

#include "report/document.hpp"

#include <string>

namespace legwork::report {
/// The document as one HTML page that needs nothing else: no script, no request. Also well-formed
/// XML. Unlike the pages it has room for all entries of every list.
///
/// Red flags stand right after the patient, whatever the template's order, and the patient's
/// identity in the head, in the foot and on every sheet that is printed. A figure carries its
/// sentence as a name; a box to tick is a real one, which keeps nothing.
std::string to_html(const Document& document);
}  // namespace legwork::report
