#include "report/layout_mirror.hpp"

namespace legwork::report {
namespace {
/// Turns places around the middle of a page.
struct Mirror {
  Length page_width;

  Length turned(Length x) const { return page_width - x; }
  void operator()(PlacedText& text) const {
    text.baseline.x = turned(text.baseline.x + text.line.width);
  }
  void operator()(PlacedRule& rule) const {
    rule.from.x = turned(rule.from.x);
    rule.to.x = turned(rule.to.x);
  }
  void operator()(PlacedBox& placed) const { placed.box.left = turned(placed.box.right()); }
  void operator()(PlacedImage& image) const { image.box.left = turned(image.box.right()); }
  void operator()(PlacedField& field) const { (*this)(field.box); }
  void operator()(PlacedPath& path) const {
    for (auto& step : path.steps)
      for (auto& point : step.points) point.x = turned(point.x);
  }
};
}  // namespace

void mirror(Pages& pages) {
  for (auto& page : pages.pages)
    for (auto& item : page.items) std::visit(Mirror{page.width}, item);
}
}  // namespace legwork::report
