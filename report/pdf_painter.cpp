#include "report/pdf_painter.hpp"

#include <algorithm>
#include <utility>

namespace legwork::report {
namespace {
constexpr double circle = 0.5523;  // how far the handles of a quarter circle's curve reach

std::uint32_t rgb_of(Color color) {
  return static_cast<std::uint32_t>(color.red << 16 | color.green << 8 | color.blue);
}
}  // namespace

Painter::Painter(const Page& page, const Drawing& drawing, Marking marking)
    : page_(page), drawing_(drawing), marking_(marking) {
  out_.reserve(1 << 15);
  out_ = "1 j\n";  // round joins: no spikes on sparklines
}

void Painter::color(std::uint32_t rgb, std::string_view operation) {
  for (int shift = 16; shift >= 0; shift -= 8) number((rgb >> shift & 0xFF) / 255.0, 3);
  command(operation);
}

void Painter::fill_color(std::uint32_t rgb) {
  if (std::exchange(fill_, rgb) != rgb) color(rgb, "rg");
}

void Painter::stroke_color(std::uint32_t rgb) {
  if (std::exchange(stroke_, rgb) != rgb) color(rgb, "RG");
}

void Painter::pen(Length width, bool dashed) {
  if (std::exchange(pen_width_, width) != width) {
    number(width.pt());
    command("w");
  }
  if (std::exchange(dashed_, dashed) != dashed) command(dashed ? "[2 2] 0 d" : "[] 0 d");
}

/// Begins the content of an element, or of none, unless it is begun already.
void Painter::mark(Node node, int link) {
  if (marking_ == Marking::none) return;
  if (open_mark_ && open_mark_->node == node && open_mark_->link == link) return;
  if (open_mark_) command("EMC");
  open_mark_ = {node, link};
  if (node == artifact) {
    command("/Artifact BMC");
    return;
  }
  out_ += name(link < 0 ? drawing_.structure[static_cast<std::size_t>(node)].type : "Link");
  out_ += " <</MCID ";
  append_integer(out_, static_cast<std::int64_t>(content_.marks.size()));
  command(">> BDC");
  content_.marks.push_back(*open_mark_);
}

void Painter::font(std::size_t index, const Style& style) {
  const bool same = font_ == index && font_size_ == style.size;
  if (same) return;
  close_array();
  font_ = index;
  font_size_ = style.size;
  out_ += '/' + font_resource(index) + ' ';
  number(style.size.pt(), 3);
  command("Tf");
}

void Painter::tracking(Length value) {
  if (std::exchange(tracking_, value) == value) return;
  number(value.pt(), 3);
  command("Tc");
}

void Painter::paint(const std::optional<Color>& fill, const std::optional<Color>& stroke,
                    Length width, const auto& trace) {
  if (!fill && !stroke) return;
  if (fill) fill_color(rgb_of(*fill));
  if (stroke) {
    stroke_color(rgb_of(*stroke));
    pen(width, false);
  }
  trace();
  command(fill && stroke ? "B" : fill ? "f" : "S");
}

void Painter::draw(const PlacedRule& rule) {
  mark(artifact, -1);
  stroke_color(rgb_of(rule.color));
  pen(rule.width, rule.dashed);
  point(rule.from);
  out_ += "m ";
  point(rule.to);
  command("l S");
}

void Painter::outline(const PlacedBox& placed) {
  const Box& box = placed.box;
  if (placed.corner <= Length()) {
    point({box.left, box.bottom()});
    number(box.width.pt());
    number(box.height.pt());
    command("re");
    return;
  }
  const Length radius = std::min({placed.corner, box.width / 2, box.height / 2});
  const Length handle = radius * (1 - circle);
  const Length left = box.left, top = box.top, right = box.right(), bottom = box.bottom();
  const auto curve = [&](Point a, Point b, Point end) {
    for (const Point p : {a, b, end}) point(p);
    command("c");
  };
  const auto line = [&](Point end) {
    point(end);
    command("l");
  };
  point({left + radius, top});
  command("m");
  line({right - radius, top});
  curve({right - handle, top}, {right, top + handle}, {right, top + radius});
  line({right, bottom - radius});
  curve({right, bottom - handle}, {right - handle, bottom}, {right - radius, bottom});
  line({left + radius, bottom});
  curve({left + handle, bottom}, {left, bottom - handle}, {left, bottom - radius});
  line({left, top + radius});
  curve({left, top + handle}, {left + handle, top}, {left + radius, top});
  command("h");
}

void Painter::draw(const PlacedBox& box) {
  mark(box.node, -1);
  paint(box.fill, box.stroke, box.stroke_width, [&] { outline(box); });
}

void Painter::draw(const PlacedPath& path) {
  mark(path.node, -1);
  paint(path.fill, path.stroke, path.stroke_width, [&] {
    for (const auto& step : path.steps) {
      switch (step.kind) {
        case PlacedPath::Step::Kind::move:
          point(step.points[0]);
          command("m");
          break;
        case PlacedPath::Step::Kind::line:
          point(step.points[0]);
          command("l");
          break;
        case PlacedPath::Step::Kind::curve:
          for (const Point p : step.points) point(p);
          command("c");
          break;
        case PlacedPath::Step::Kind::close:
          command("h");
          break;
      }
    }
  });
}

void Painter::draw(const PlacedImage& image) {
  mark(image.node, -1);
  out_ += "q ";
  number(image.box.width.pt());
  out_ += "0 0 ";
  number(image.box.height.pt());
  point({image.box.left, image.box.bottom()});
  command("cm /" + drawing_.images.resource(image.image) + " Do Q");
}

void Painter::draw(const PlacedField& field) {
  if (drawing_.fields == Drawing::Fields::boxes) return draw(field.box);
  content_.fields.push_back({&field, content_.marks.size()});
}

/// Told apart from other decoration, so that a reader may hide it.
void Painter::draw_watermark() {
  command("/Artifact <</Type /Pagination /Subtype /Watermark>> BDC");
  out_ += '/';
  out_ += drawing_.watermark;
  command(" Do");
  command("EMC");
}

PageContent Painter::finish() {
  if (open_mark_) command("EMC");
  content_.stream = std::move(out_);
  return std::move(content_);
}
}  // namespace legwork::report
