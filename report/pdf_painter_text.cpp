#include "report/pdf_painter.hpp"
#include "report/pdf_words.hpp"

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
  text_x_ = text_y_ = 0;
  for (const auto& [run, left] : runs) draw(*run, {left, text.baseline.y});
  command("ET");
}

void Painter::draw(const GlyphRun& run, Point origin) {
  fill_color(run.style.color);
  tracking(run.style.tracking);
  move_to(origin);
  if (run.right_to_left) command("/ReversedChars BMC");
  pending_ = 0;
  const FaceUse& use = drawing_.fonts.use_of(*run.face);
  for (std::size_t i = 0; i < run.glyphs.size();) {
    const auto [end, has_marks] = word_at(run, i);
    if (has_marks) draw_spelled(run, i, end, use);
    while (!has_marks && i < end) {
      const Cluster cluster = cluster_at(run, i);
      draw(cluster, run, use);
      i += cluster.glyphs.size();
    }
    i = end;
  }
  close_array();
  if (std::exchange(rise_, 0) != 0) command("0 Ts");
  if (run.right_to_left) command("EMC");
}

/// Moves from where the run before began: what a reader adds up are whole hundredths.
void Painter::move_to(Point origin) {
  const auto hundredths = [](Length length) {
    const double value = length.pt() * 100;
    return std::abs(value) < 1e9 ? std::llround(value) : 0;
  };
  const auto x = hundredths(origin.x), y = hundredths(page_.height - origin.y);
  number(static_cast<double>(x - std::exchange(text_x_, x)) / 100);
  number(static_cast<double>(y - std::exchange(text_y_, y)) / 100);
  command("Td");
}

void Painter::draw(const Cluster& cluster, const GlyphRun& run, const FaceUse& use) {
  if (cluster.glyphs.size() == 1 && cluster.text.size() == 1 && !run.right_to_left) {
    const Glyph& glyph = cluster.glyphs.front();  // most of them, and what is below gives the same
    const GlyphCode code = use.code(glyph.id);
    if (code.text == cluster.text && glyph.advance != 0) return draw(glyph, code, run);
  }
  std::string found;
  for (const Glyph& glyph : cluster.glyphs) found += use.code(glyph.id).text;
  const std::string wanted = extracted_text(cluster.text, run.right_to_left);
  const bool spelled = found != wanted;
  if (spelled) begin_spelling(wanted);
  draw(cluster.glyphs, run, use);
  if (spelled) end_spelling();
}

/// A word with marks.
void Painter::draw_spelled(const GlyphRun& run, std::size_t first, std::size_t end,
                           const FaceUse& use) {
  begin_spelling(extracted_text(run, first, end));
  for (std::size_t i = first; i < end;) {
    const auto glyphs = cluster_at(run, i).glyphs;
    const std::size_t next = i + glyphs.size();
    const auto order = i == first    ? LetterOrder::before_marks
                       : next == end ? LetterOrder::after_marks
                                     : LetterOrder::as_shaped;
    draw(reordered(glyphs, order), run, use);
    i = next;
  }
  end_spelling();
}

void Painter::draw(std::span<const Glyph> cluster, const GlyphRun& run, const FaceUse& use) {
  const double tracking = run.style.tracking / run.style.size * 1000;
  bool advances = false;
  for (const Glyph& glyph : cluster) {
    draw(glyph, use.code(glyph.id), run);
    advances = advances || glyph.advance != 0;
    pending_ -= tracking;  // which PDF adds after every glyph,
  }
  if (advances) pending_ += tracking;  // and Style after a cluster
}

void Painter::begin_spelling(const std::string& text) {
  close_array();
  command("/Span <</ActualText " + text_string(text) + ">> BDC");
}

void Painter::end_spelling() {
  close_array();
  command("EMC");
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
    out_ += array_open_ ? ')' : '[';
    if (moved) append_number(out_, -move, 0);
    out_ += '(';
    pending_ -= moved ? move : 0;
    array_open_ = true;
  }
  append_literal16(out_, code.code);
  pending_ += face.thousandths(glyph.advance) - right - code.width;
}

void Painter::close_array() {
  if (std::exchange(array_open_, false)) command(")] TJ");
}
}  // namespace legwork::report
