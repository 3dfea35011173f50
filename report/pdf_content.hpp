#pragma once

#include "report/page.hpp"
#include "report/pdf_fonts.hpp"
#include "report/pdf_images.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
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

/// A field, and where it stands among what the page says.
struct FieldArea {
  const PlacedField* field;
  std::size_t marks_before;
};

/// What a page draws, in the language of PDF, and whose it is.
struct PageContent {
  std::string stream;
  std::vector<Mark> marks;
  std::vector<LinkArea> links;
  std::vector<FieldArea> fields =
      {};  ///< of the page that was drawn: empty where they are plain boxes
};

/// What the pages of a document share while they are drawn.
struct Drawing {
  enum class Fields : std::uint8_t { boxes, fillable };
  const std::vector<StructureElement>& structure;
  const DocumentFonts& fonts;
  DocumentImages& images;
  Fields fields = Fields::boxes;
  std::string_view watermark = {};  ///< the resource that every page shows first; "" for none
};

/// The resource name of a font: "F1" for the first.
std::string font_resource(std::size_t font);

PageContent draw(const Page& page, const Drawing& drawing);

/// Boxes and paths that belong to no element, as a form XObject has them (PDF 32000-1, 8.10), and
/// the dictionary of that.
std::string draw_alone(const Page& page);
std::string form_dictionary(const Page& page);
}  // namespace legwork::report
