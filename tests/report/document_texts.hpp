#pragma once

#include "report/document.hpp"

#include <string>
#include <vector>

namespace legwork::report {
/// Every text of a document that each of its forms must hold, a paragraph in one piece. Left out is
/// what only one form has use for: the months of an axis, what a list says of entries it has no
/// room for, the pointer to another page.
std::vector<std::string> texts_of(const Document& document);

/// The same, of one section without its heading.
std::vector<std::string> texts_of(const Section& section);

/// The text without white space, which each form breaks its own way.
std::string unspaced(std::string_view text);
}  // namespace legwork::report
