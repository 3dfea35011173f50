#include "report/layout_galley.hpp"

#include "report/unicode.hpp"

#include <algorithm>
#include <iterator>

namespace legwork::report {
namespace {
void shift(Point& point, Point by) {
  point.x += by.x;
  point.y += by.y;
}

void shift(Item& item, Point by) {
  if (auto* text = std::get_if<PlacedText>(&item)) {
    shift(text->baseline, by);
  } else if (auto* rule = std::get_if<PlacedRule>(&item)) {
    shift(rule->from, by);
    shift(rule->to, by);
  } else if (auto* box = std::get_if<PlacedBox>(&item)) {
    box->box.left += by.x;
    box->box.top += by.y;
  } else if (auto* field = std::get_if<PlacedField>(&item)) {
    field->box.box.left += by.x;
    field->box.box.top += by.y;
  } else if (auto* image = std::get_if<PlacedImage>(&item)) {
    image->box.left += by.x;
    image->box.top += by.y;
  } else if (auto* path = std::get_if<PlacedPath>(&item)) {
    for (auto& step : path->steps)
      for (auto& point : step.points) shift(point, by);
  }
}

void renumber(Item& item, Node first) {
  std::visit(
      [&](auto& placed) {
        if constexpr (requires { placed.node; })
          if (placed.node != artifact) placed.node += first;
      },
      item);
}

/// A tall script (Devanagari, Arabic) may need more than the leading of the style.
Length line_height(const Line& line, const Style& style) {
  return std::max(Typesetter::leading(style), line.ascent + line.descent);
}

/// Where a text may be cut: after words; in a text without any, after characters.
std::vector<std::size_t> cuts(const std::string& text) {
  std::vector<std::size_t> after_words, after_characters;
  for (std::size_t at = 0; at < text.size(); at = cluster_end(text, at)) {
    if (text[at] == ' ') after_words.push_back(at);
    after_characters.push_back(at);
  }
  return after_words.size() > 3 ? after_words : after_characters;
}

std::vector<Span> cut(const std::vector<Span>& spans, std::size_t bytes) {
  std::vector<Span> result;
  for (const auto& span : spans) {
    while (bytes < span.text.size() &&
           (static_cast<unsigned char>(span.text[bytes]) & 0xC0) == 0x80)
      --bytes;
    result.push_back({span.text.substr(0, bytes), span.style});
    if (span.text.size() >= bytes) break;
    bytes -= span.text.size();
  }
  auto& last = result.back().text;
  while (!last.empty() && (last.back() == ' ' || last.back() == ',')) last.pop_back();
  last += "…";
  return result;
}
}  // namespace

Node Galley::add(std::string type, Node parent) {
  StructureElement element;
  element.type = std::move(type);
  element.parent = parent;
  structure.push_back(std::move(element));
  return static_cast<Node>(structure.size()) - 1;
}

Node place(Galley&& galley, Point at, Node parent, std::vector<Item>& items,
           std::vector<StructureElement>& structure) {
  const auto first = static_cast<Node>(structure.size());
  for (auto& element : galley.structure)
    element.parent = element.parent == artifact ? parent : element.parent + first;
  std::move(galley.structure.begin(), galley.structure.end(), std::back_inserter(structure));
  for (auto& item : galley.items) {
    shift(item, at);
    renumber(item, first);
  }
  std::move(galley.items.begin(), galley.items.end(), std::back_inserter(items));
  return first;
}

std::vector<Span> Composer::spans(const Text& text, const Setting& setting) const {
  std::vector<Span> result;
  for (const auto& words : text) {
    if (words.text.empty()) continue;
    auto style = setting.style;
    if (words.tone == Tone::strong || words.tone == Tone::alarm)
      if (style.weight == Weight::regular) style.weight = Weight::semibold;
    if (words.tone == Tone::claim) style.weight = Weight::italic;
    if (setting.reversed) {
      style.color = rgb(look_.color.white);
    } else if (words.tone == Tone::strong) {
      style.color = rgb(look_.color.ink);
    } else if (words.tone == Tone::quiet) {
      style.color = rgb(look_.color.ink_faint);
    } else if (words.tone == Tone::alarm) {
      style.color = rgb(look_.color.signal);
    } else if (words.tone == Tone::claim) {
      style.color = rgb(look_.color.ink_soft);
    }
    result.push_back({words.text, style});
  }
  return result;
}

/// The longest beginning that fits, found by halving: only texts out of all proportion come here.
std::vector<Line> Composer::shortened(std::vector<Span> spans, std::size_t lines, Length width) {
  std::string whole;
  for (auto& span : spans) {
    const auto from = whole.size();
    append_clean(whole, span.text);
    span.text = whole.substr(from);
  }
  const auto places = cuts(whole);
  std::vector<Line> best = typesetter_.paragraph(cut(spans, 0), width);
  for (std::size_t low = 0, high = places.size(); low < high;) {
    const auto middle = low + (high - low) / 2;
    auto tried = typesetter_.paragraph(cut(spans, places[middle]), width);
    if (tried.size() <= lines) {
      best = std::move(tried);
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return best;
}

std::vector<Line> Composer::lines(const Text& text, const Setting& setting, Length width) {
  auto set = spans(text, setting);
  if (set.empty()) return {};
  const auto limit = setting.whole ? setting.lines : std::min(setting.lines, most_lines_);
  // No script sets more than some forty bytes to the em: what lies beyond is never looked at.
  const auto most = limit * static_cast<std::size_t>(width / setting.style.size * 40 + 40);
  std::size_t bytes = 0;
  for (const auto& span : set) bytes += span.text.size();
  if (bytes > most) return shortened(cut(set, most), limit, width);
  auto result = typesetter_.paragraph(set, width);
  return result.size() > limit ? shortened(set, limit, width) : result;
}

Line Composer::line_within(std::string_view text, const Style& style, Length width) {
  auto set = lines({{std::string(text)}}, {style, 1}, width);
  return set.empty() ? Line{} : std::move(set.front());
}

Length Composer::set(Galley& galley, const Text& text, const Setting& setting, Slot slot,
                     Node node) {
  return put_lines(galley, lines(text, setting, slot.width), setting.style, slot.top_left, node);
}

Length Composer::set(Galley& galley, std::string_view text, const Setting& setting, Slot slot,
                     Node node) {
  return set(galley, Text{{std::string(text)}}, setting, slot, node);
}

void put_line(Galley& galley, Line line, const Style& style, Point top_left, Node node) {
  const auto height = line_height(line, style);
  const auto drop = (height - line.ascent - line.descent) / 2 + line.ascent;
  galley.items.push_back(PlacedText{std::move(line), {top_left.x, top_left.y + drop}, node, ""});
}

Length put_lines(Galley& galley, std::vector<Line> lines, const Style& style, Point top_left,
                 Node node) {
  auto y = top_left.y;
  for (auto& line : lines) {
    const auto height = line_height(line, style);
    put_line(galley, std::move(line), style, {top_left.x, y}, node);
    y += height;
  }
  return y - top_left.y;
}

Length height_of(const std::vector<Line>& lines, const Style& style) {
  Length height;
  for (const auto& line : lines) height += line_height(line, style);
  return height;
}
}  // namespace legwork::report
