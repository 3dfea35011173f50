#include "report/pdf_content.hpp"

#include "report/pdf_syntax.hpp"
#include "report/pdf_words.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace legwork::report {
namespace {
/// A glyph may stand this far from its place, in 1/1000 of the size, before it is moved.
constexpr double tolerance = 0.5;

constexpr double circle = 0.5523;  // how far the handles of a quarter circle's curve reach

/// Writes one page's content. Remembers what color, pen and font are set, and says only what
/// changes.
class Painter {
 public:
  Painter(const Page& page, const std::vector<StructureElement>& structure,
          const DocumentFonts& fonts)
      : page_(page), structure_(structure), fonts_(fonts) {
    out_.reserve(1 << 15);
    out_ = "1 j\n";  // round joins: no spikes on sparklines
  }

  void draw(const PlacedText& text);
  void draw(const PlacedRule& rule);
  void draw(const PlacedBox& box);
  void draw(const PlacedPath& path);
  PageContent finish();

 private:
  // syntax
  void number(double value, int decimals = 2) {
    append_number(out_, value, decimals);
    out_ += ' ';
  }
  void point(Point p) {
    number(p.x.pt());
    number((page_.height - p.y).pt());
  }
  void command(std::string_view name) { (out_ += name) += '\n'; }

  // state
  void color(std::uint32_t rgb, std::string_view operation);
  void fill_color(std::uint32_t rgb);
  void stroke_color(std::uint32_t rgb);
  void pen(Length width, bool dashed);
  void mark(Node node, int link);
  void font(std::size_t index, const Style& style);
  void tracking(Length value);

  // shapes
  void outline(const PlacedBox& box);
  void paint(const std::optional<Color>& fill, const std::optional<Color>& stroke, Length width,
             const auto& trace);

  // text
  void draw(const GlyphRun& run, Point origin);
  void draw_spelled(const GlyphRun& run, std::size_t first, std::size_t end, const FaceUse& use);
  void draw(const Cluster& cluster, const GlyphRun& run, const FaceUse& use);
  void draw(std::span<const Glyph> cluster, const GlyphRun& run, const FaceUse& use);
  void begin_spelling(const std::string& text);
  void end_spelling();
  void draw(const Glyph& glyph, const GlyphCode& code, const GlyphRun& run);
  void close_array();

  const Page& page_;
  const std::vector<StructureElement>& structure_;
  const DocumentFonts& fonts_;
  PageContent content_;
  std::string out_;

  std::uint32_t fill_ = 0, stroke_ = 0;  // black, as PDF begins
  Length pen_width_ = Length::pt(1);
  bool dashed_ = false;
  std::optional<std::size_t> font_;
  Length font_size_, tracking_;
  std::optional<Mark> open_mark_;

  bool array_open_ = false;  // inside [<...>] TJ
  double pending_ = 0;       // how far the pen is left of where it should be, in 1/1000 of the size
  std::int32_t rise_ = 0;
};

std::uint32_t rgb_of(Color color) {
  return static_cast<std::uint32_t>(color.red << 16 | color.green << 8 | color.blue);
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
  if (open_mark_ && open_mark_->node == node && open_mark_->link == link) return;
  if (open_mark_) command("EMC");
  open_mark_ = {node, link};
  if (node == artifact) {
    command("/Artifact BMC");
    return;
  }
  out_ += name(link < 0 ? structure_[static_cast<std::size_t>(node)].type : "Link");
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
  const FaceUse& use = fonts_.use_of(*run.face);
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

void Painter::draw(const Cluster& cluster, const GlyphRun& run, const FaceUse& use) {
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
  const Length tracking = run.style.tracking;
  bool advances = false;
  for (const Glyph& glyph : cluster) {
    draw(glyph, use.code(glyph.id), run);
    advances = advances || glyph.advance != 0;
    pending_ -= tracking / run.style.size * 1000;  // which PDF adds after every glyph,
  }
  if (advances) pending_ += tracking / run.style.size * 1000;  // and Style after a cluster
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

PageContent Painter::finish() {
  if (open_mark_) command("EMC");
  content_.stream = std::move(out_);
  return std::move(content_);
}
}  // namespace

std::string font_resource(std::size_t font) { return "F" + std::to_string(font + 1); }

PageContent draw(const Page& page, const std::vector<StructureElement>& structure,
                 const DocumentFonts& fonts) {
  Painter painter(page, structure, fonts);
  for (const auto& item : page.items) {
    std::visit([&](const auto& placed) { painter.draw(placed); }, item);
  }
  return painter.finish();
}
}  // namespace legwork::report
