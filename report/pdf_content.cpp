#include "report/pdf_content.hpp"

#include "report/pdf_painter.hpp"

namespace legwork::report {
std::string font_resource(std::size_t font) { return "F" + std::to_string(font + 1); }

PageContent draw(const Page& page, const Drawing& drawing) {
  Painter painter(page, drawing, Painter::Marking::elements);
  if (!drawing.watermark.empty()) painter.draw_watermark();
  for (const auto& item : page.items) {
    std::visit([&](const auto& placed) { painter.draw(placed); }, item);
  }
  return painter.finish();
}

std::string draw_alone(const Page& page) {
  const std::vector<StructureElement> structure;
  const DocumentFonts fonts;
  DocumentImages images;
  const Drawing drawing{structure, fonts, images};
  Painter painter(page, drawing, Painter::Marking::none);
  for (const auto& item : page.items) {
    std::visit([&](const auto& placed) { painter.draw(placed); }, item);
  }
  return painter.finish().stream;
}

std::string form_dictionary(const Page& page) {
  return "/Type /XObject /Subtype /Form /Resources <<>> /BBox " +
         rectangle({{}, {}, page.width, page.height}, page.height);
}
}  // namespace legwork::report
