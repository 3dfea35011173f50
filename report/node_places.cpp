#include "report/node_places.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
Box box_of(const PlacedText& text) {
  return {text.baseline.x, text.baseline.y - text.line.ascent, text.line.width,
          text.line.ascent + text.line.descent};
}

Box box_of(const PlacedBox& box) { return box.box; }

Box box_of(const PlacedImage& image) { return image.box; }

Box box_of(const PlacedField& field) { return field.box.box; }

Box box_of(const PlacedPath& path) {
  Point low = path.steps.front().points[0], high = low;
  for (const auto& step : path.steps) {
    const bool curve = step.kind == PlacedPath::Step::Kind::curve;
    const std::size_t count = step.kind == PlacedPath::Step::Kind::close ? 0 : curve ? 3 : 1;
    for (std::size_t i = 0; i < count; ++i) {
      low = {std::min(low.x, step.points[i].x), std::min(low.y, step.points[i].y)};
      high = {std::max(high.x, step.points[i].x), std::max(high.y, step.points[i].y)};
    }
  }
  return {low.x, low.y, high.x - low.x, high.y - low.y};
}

Box united(const Box& a, const Box& b) {
  const Length left = std::min(a.left, b.left), top = std::min(a.top, b.top);
  return {left, top, std::max(a.right(), b.right()) - left, std::max(a.bottom(), b.bottom()) - top};
}

void include(std::optional<NodePlace>& place, const NodePlace& more) {
  if (!place || more.page < place->page) {
    place = more;
  } else if (more.page == place->page) {
    place->box = united(place->box, more.box);
  }
}
}  // namespace

std::vector<std::optional<NodePlace>> node_places(const Pages& pages) {
  std::vector<std::optional<NodePlace>> places(pages.structure.size());
  const auto add = [&](const auto& placed, std::size_t page) {
    if (placed.node == artifact) return;
    include(places[static_cast<std::size_t>(placed.node)], {page, box_of(placed)});
  };
  for (std::size_t page = 0; page < pages.pages.size(); ++page) {
    for (const auto& item : pages.pages[page].items) {
      if (const auto* text = std::get_if<PlacedText>(&item)) add(*text, page);
      if (const auto* box = std::get_if<PlacedBox>(&item)) add(*box, page);
      if (const auto* image = std::get_if<PlacedImage>(&item)) add(*image, page);
      if (const auto* field = std::get_if<PlacedField>(&item)) add(*field, page);
      const auto* path = std::get_if<PlacedPath>(&item);
      if (path != nullptr && !path->steps.empty()) add(*path, page);
    }
  }
  for (std::size_t i = places.size(); i-- > 0;) {  // a parent stands before its children
    const Node parent = pages.structure[i].parent;
    if (parent != artifact && places[i])
      include(places[static_cast<std::size_t>(parent)], *places[i]);
  }
  return places;
}
}  // namespace legwork::report
