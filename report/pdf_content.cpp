#include "report/pdf_content.hpp"

#include "report/pdf_painter.hpp"

namespace legwork::report {
std::string font_resource(std::size_t font) { return "F" + std::to_string(font + 1); }

PageContent draw(const Page& page, const std::vector<StructureElement>& structure,
                 const DocumentFonts& fonts, DocumentImages& images) {
  Painter painter(page, structure, fonts, images);
  for (const auto& item : page.items) {
    std::visit([&](const auto& placed) { painter.draw(placed); }, item);
  }
  return painter.finish();
}
}  // namespace legwork::report
