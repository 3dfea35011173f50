#pragma once

#include "report/page.hpp"
#include "report/pdf.hpp"

namespace legwork::report {
/// Two pages with everything that a page can hold: headings with bookmarks, a table, a figure, a
/// list, links out and within, and the scripts of fonts_for_every_script(). `seed` varies numbers.
Pages sample_pages(Typesetter& typesetter, int seed = 1);

PdfOptions sample_options();
}  // namespace legwork::report
