#pragma once

#include "report/layout_galley.hpp"

#include <cstddef>

namespace legwork::report {
/// Where the sender's words begin: right of the logo, or of a bar in the brand's color.
Length sender_indent(const Brand& brand);
/// Draws the logo or the bar beside words that are so tall; returns the height of both.
Length draw_sender_mark(Galley& galley, const Brand& brand, Length words_height);

/// Letterhead, status, title and complaint: the top of the first page.
Galley set_letterhead(Composer& composer, const Document& document);

/// Who and what, in one line: the top of every other page.
Galley set_running_head(Composer& composer, const Document& document);

/// Who the patient is and which page this is: the foot of every page. Whatever the length of the
/// name, birth date and number stay; one line and the note below it.
Galley set_foot(Composer& composer, const Document& document, std::size_t page, std::size_t pages);
}  // namespace legwork::report
