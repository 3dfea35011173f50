#pragma once

#include "report/page.hpp"
#include "report/pdf_fonts.hpp"
#include "report/pdf_images.hpp"

#include <string>
#include <vector>

namespace legwork::report {
/// A place on a page that leads elsewhere.
struct LinkArea {
  Box box;
  std::string target;  ///< as PlacedText::link
  std::string text;    ///< what is to be read there
  Node node;
};

/// A stretch of a page's content that belongs to one element; its index is its MCID.
struct Mark {
  Node node;
  int link = -1;  ///< in PageContent::links, where the stretch is the text of one
};

/// What a page draws, in the language of PDF, and whose it is.
struct PageContent {
  std::string stream;
  std::vector<Mark> marks;
  std::vector<LinkArea> links;
};

/// The resource name of a font: "F1" for the first.
std::string font_resource(std::size_t font);

/// Draws a page whose items belong to elements of `structure`.
PageContent draw(const Page& page, const std::vector<StructureElement>& structure,
                 const DocumentFonts& fonts, DocumentImages& images);
}  // namespace legwork::report
