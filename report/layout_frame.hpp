#pragma once

#include "report/layout_galley.hpp"

#include <cstddef>

namespace legwork::report {
/// Letterhead, status, title and complaint: the top of the first page.
Galley set_letterhead(Composer& composer, const Document& document);

/// Who and what, in one line: the top of every other page.
Galley set_running_head(Composer& composer, const Document& document);

/// Who the patient is and which page this is: the foot of every page. Whatever the length of the
/// name, birth date and number stay; one line and the note below it.
Galley set_foot(Composer& composer, const Document& document, std::size_t page, std::size_t pages);
}  // namespace legwork::report
