#include "report/pdf_painter.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace legwork::report {
namespace {
/// A glyph may stand this far from its place, in 1/1000 of the size, before it is moved.
constexpr double tolerance = 0.5;
}  // namespace

void Painter::draw(const PlacedText& text) {
  const Line& line = text.line;
  if (line.runs.empty()) return;
  int link = -1;
  if (!text.link.empty() && text.node != artifact) {
    link = static_cast<int>(content_.links.size());
    const Box box{text.baseline.x, text.baseline.y - line.ascent, line.width,
                  line.ascent + line.descent};
    content_.links.push_back({box, text.link, line.text(), text.node});
  }
  mark(text.node, link);
  struct At {
    const GlyphRun* run;
    Length x;
  };
  std::vector<At> runs;  // in the order they are read
  Length x = text.baseline.x;
  for (const auto& run : line.runs) {
    runs.push_back({&run, x});
    x += run.width;
  }
  std::sort(runs.begin(), runs.end(),
            [](const At& a, const At& b) { return a.run->order < b.run->order; });
  command("BT");
  for (const auto& [run, left] : runs) draw(*run, {left, text.baseline.y});
  command("ET");
}

void Painter::draw(const GlyphRun& run, Point origin) {
  fill_color(run.style.color);
  tracking(run.style.tracking);
  out_ += "1 0 0 1 ";
  point(origin);
  command("Tm");
  if (run.right_to_left) command("/ReversedChars BMC");
  pending_ = 0;
  const FaceUse& use = drawing_.fonts.use_of(*run.face);
  for (std::size_t i = 0; i < run.glyphs.size();) {
    const Cluster cluster = cluster_at(run, i);
    draw(cluster, run, use);
    i += cluster.glyphs.size();
  }
  close_array();
  if (std::exchange(rise_, 0) != 0) command("0 Ts");
  if (run.right_to_left) command("EMC");
}

void Painter::draw(const Cluster& cluster, const GlyphRun& run, const FaceUse& use) {
  std::string found;
  for (const Glyph& glyph : cluster.glyphs) found += use.code(glyph.id).text;
  const std::string wanted = extracted_text(cluster.text, run.right_to_left);
  const bool spelled = found != wanted;
  if (spelled) {
    close_array();
    command("/Span <</ActualText " + text_string(wanted) + ">> BDC");
  }
  const Length tracking = run.style.tracking;
  bool advances = false;
  for (const Glyph& glyph : cluster.glyphs) {
    draw(glyph, use.code(glyph.id), run);
    advances = advances || glyph.advance != 0;
    pending_ -= tracking / run.style.size * 1000;  // which PDF adds after every glyph,
  }
  if (advances) pending_ += tracking / run.style.size * 1000;  // and Style after a cluster
  if (spelled) {
    close_array();
    command("EMC");
  }
}

void Painter::draw(const Glyph& glyph, const GlyphCode& code, const GlyphRun& run) {
  const Face& face = *run.face;
  font(code.font, run.style);
  if (std::exchange(rise_, glyph.dy) != glyph.dy) {
    close_array();
    number((run.style.size * glyph.dy / face.metrics.units_per_em).pt(), 3);
    command("Ts");
  }
  const double right = face.thousandths(glyph.dx);
  pending_ += right;
  const double move = std::round(pending_);
  const bool moved = std::abs(pending_) > tolerance && move != 0;
  if (moved || !array_open_) {
    out_ += array_open_ ? "> " : "[";
    if (moved) append_number(out_, -move, 0);
    out_ += '<';
    pending_ -= moved ? move : 0;
    array_open_ = true;
  }
  append_hex16(out_, code.code);
  pending_ += face.thousandths(glyph.advance) - right - code.width;
}

void Painter::close_array() {
  if (std::exchange(array_open_, false)) command(">] TJ");
}
}  // namespace legwork::report
