#pragma once

#include "report/page.hpp"
#include "report/pdf.hpp"

#include <string>
#include <vector>

namespace legwork::report {
/// Two pages with everything that a page can hold: headings with bookmarks, a table, a figure, a
/// list, links out and within, and the scripts of fonts_for_every_script(). `seed` varies numbers.
Pages sample_pages(Typesetter& typesetter, int seed = 1);

/// A page of nothing but boxes to tick, by their names.
Pages sample_pages_of_boxes(const std::vector<std::string>& names);

PdfOptions sample_options();
}  // namespace legwork::report
