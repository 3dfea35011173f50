#pragma once

#include "report/page.hpp"
#include "report/pdf_content.hpp"
#include "report/pdf_objects.hpp"

#include <string>
#include <vector>

namespace legwork::report {
/// A page of the file: the number of its object, what it says, and where it lies in the document.
struct DrawnPage {
  int number;
  PageContent content;
  std::vector<int> annotations;  ///< object numbers, filled by add_structure
};

/// Object numbers that the catalog needs.
struct StructureRoots {
  int tree;
  int outlines;             ///< 0 if nothing has a bookmark
  std::vector<int> fields;  ///< that can be filled in
};

/// Adds the logical structure (PDF 32000-1, 14.7), the links and fields of the pages and the
/// outline. Every link becomes a Link element of its own below the element that its text belongs
/// to, every field a Form element.
StructureRoots add_structure(const Pages& pages, std::vector<DrawnPage>& drawn,
                             PdfObjects& objects);
}  // namespace legwork::report
