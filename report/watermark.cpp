#include "report/watermark.hpp"

#include "report/face.hpp"

#include <hb.h>
#include <cmath>

namespace legwork::report {
namespace {
using Kind = PlacedPath::Step::Kind;

/// Collects the outlines of glyphs in their own units, y upwards, moved to where the pen stands and
/// turned onto the page.
struct Tracer {
  PlacedPath& path;
  Point middle;         // of the page
  double cosine, sine;  // of the angle that the word rises at
  double scale = 1;     // points for a unit of the face
  double x = 0, y = 0;  // the pen, in points from the middle
  Point last = {};      // where the outline has come to
  Point placed(float unit_x, float unit_y) const {
    const double along = x + scale * static_cast<double>(unit_x);
    const double up = y + scale * static_cast<double>(unit_y);
    return {middle.x + Length::pt(along * cosine - up * sine),
            middle.y - Length::pt(along * sine + up * cosine)};
  }
  void add(Kind kind, Point a, Point b = {}, Point c = {}) {
    path.steps.push_back({kind, {a, b, c}});
    last = kind == Kind::curve ? c : a;
  }
};

Tracer& tracer(void* data) { return *static_cast<Tracer*>(data); }

Point toward(Point from, Point to, double part) {
  return {from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part};
}

hb_draw_funcs_t* drawing() {
  static hb_draw_funcs_t* const functions = [] {
    auto* made = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(
        made,
        [](auto*, void* data, auto*, float x, float y, void*) {
          tracer(data).add(Kind::move, tracer(data).placed(x, y));
        },
        nullptr, nullptr);
    hb_draw_funcs_set_line_to_func(
        made,
        [](auto*, void* data, auto*, float x, float y, void*) {
          tracer(data).add(Kind::line, tracer(data).placed(x, y));
        },
        nullptr, nullptr);
    hb_draw_funcs_set_quadratic_to_func(
        made,
        [](auto*, void* data, auto*, float cx, float cy, float x, float y, void*) {
          auto& to = tracer(data);
          const auto control = to.placed(cx, cy), end = to.placed(x, y);
          to.add(Kind::curve, toward(to.last, control, 2.0 / 3), toward(end, control, 2.0 / 3),
                 end);
        },
        nullptr, nullptr);
    hb_draw_funcs_set_cubic_to_func(
        made,
        [](auto*, void* data, auto*, float ax, float ay, float bx, float by, float x, float y,
           void*) {
          auto& to = tracer(data);
          to.add(Kind::curve, to.placed(ax, ay), to.placed(bx, by), to.placed(x, y));
        },
        nullptr, nullptr);
    hb_draw_funcs_set_close_path_func(
        made, [](auto*, void* data, auto*, void*) { tracer(data).add(Kind::close, {}); }, nullptr,
        nullptr);
    hb_draw_funcs_make_immutable(made);
    return made;
  }();
  return functions;
}
}  // namespace

PlacedPath watermark(std::string_view word, Length width, Length height, Typesetter& typesetter) {
  PlacedPath path;
  path.fill = watermark_color;
  Style style;
  style.weight = Weight::bold;
  style.size = Length::pt(100);
  const Line line = typesetter.line(word, style);
  if (!(line.width > Length())) return path;

  const double diagonal = std::hypot(width.pt(), height.pt());
  constexpr double share = 0.6, tallest = 0.25;  // of the diagonal, and of the page's width
  const double enlarged =
      std::min(share * diagonal / line.width.pt(), tallest * width.pt() / style.size.pt());
  const double size = style.size.pt() * enlarged;
  Tracer to{path, {width / 2, height / 2}, width.pt() / diagonal, height.pt() / diagonal};
  double pen = -line.width.pt() * enlarged / 2;
  for (const auto& run : line.runs) {
    to.scale = size / run.face->metrics.units_per_em;
    const double baseline = -to.scale * run.face->metrics.cap_height / 2;
    for (const auto& glyph : run.glyphs) {
      to.x = pen + to.scale * glyph.dx;
      to.y = baseline + to.scale * glyph.dy;
      hb_font_get_glyph_shape(run.face->hb_font(), glyph.id, drawing(), &to);
      pen += to.scale * glyph.advance;
    }
  }
  return path;
}
}  // namespace legwork::report
