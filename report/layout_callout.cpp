#include "report/figures.hpp"
#include "report/layout_section.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
constexpr Length inset = pt(9.5);
constexpr Length tick_indent = pt(12);

std::string plain(const Text& text) {
  std::string all;
  for (const auto& words : text) all += words.text;
  return all;
}

/// The box of the red flags: framed and tinted, or solid when one was found.
class CalloutSetter {
 public:
  CalloutSetter(Composer& composer, const Callout& callout, Length width)
      : composer_(composer), callout_(callout), width_(width), y_(inset) {}

  Galley set() && {
    galley_.items.push_back(PlacedBox{});  // drawn first, as tall as what follows
    set_heading();
    if (!callout_.lead.empty()) {
      const auto node = galley_.add("P");
      y_ += composer_.set(galley_, callout_.lead, text(4), {{inset, y_}, inner()}, node) + pt(4);
    }
    set_items();
    if (!callout_.closing.empty()) {
      const auto node = galley_.add("P");
      y_ += composer_.set(galley_, callout_.closing, text(3), {{inset, y_}, inner()}, node) + pt(5);
    }
    galley_.height = y_ + inset - pt(5);
    draw_box();
    return std::move(galley_);
  }

 private:
  Length inner() const { return width_ - 2 * inset; }
  bool alarm() const { return callout_.alarm; }
  Setting text(std::size_t lines) const {
    auto style = composer_.look().body;
    if (alarm()) style.size = pt(8.8);
    return {style, lines, alarm()};
  }

  void set_heading() {
    const auto& look = composer_.look();
    auto style = alarm() ? look.reversed(look.heading) : look.heading;
    if (!alarm()) style.color = rgb(look.color.signal);
    if (alarm()) style.size = pt(12);
    const auto size = style.size + pt(2);
    draw_warning(galley_, {inset, y_}, size, alarm() ? look.color.white : look.color.signal,
                 alarm() ? look.color.signal : look.color.white);
    const auto node = galley_.add("H2");
    galley_.structure.back().bookmark = callout_.heading;
    const auto indent = size * 1.12 + pt(6);
    y_ += composer_.set(galley_, callout_.heading, {style, 2},
                        {{inset + indent, y_}, inner() - indent}, node) +
          pt(4);
  }

  /// Found ones under each other over the whole width, the others as lines to tick, in columns
  /// where there is room.
  void set_items() {
    if (callout_.items.empty()) return;
    const auto list = galley_.add("L");
    auto item = callout_.items.begin();
    for (; item != callout_.items.end() && item->found; ++item)
      y_ += set_item(*item, {{inset, y_}, inner()}, list) + pt(5);
    const auto columns =
        width_ > pt(300) ? std::clamp<std::ptrdiff_t>(callout_.items.end() - item, 1, 3) : 1;
    const auto share = (inner() + inset) / static_cast<double>(columns);
    while (item != callout_.items.end()) {
      Length height;
      for (std::ptrdiff_t i = 0; i < columns && item != callout_.items.end(); ++i, ++item)
        height = std::max(
            height,
            set_item(*item, {{inset + share * static_cast<double>(i), y_}, share - inset}, list));
      y_ += height + pt(5);
    }
  }

  Length set_item(const Callout::Item& item, Slot slot, Node list) {
    const auto& look = composer_.look();
    const auto body = galley_.add("LBody", galley_.add("LI", list));
    auto setting = text(4);
    if (!item.found) {
      setting = {look.body, 4, alarm()};
      draw_tick_box(galley_, {slot.top_left.x, slot.top_left.y + pt(1.6)},
                    alarm() ? look.color.white : look.color.ink,
                    {"red-flag-" + item.id, plain(item.text), body});
      slot.top_left.x += tick_indent;
      slot.width -= tick_indent;
    }
    const auto top = slot.top_left.y;
    slot.top_left.y += composer_.set(galley_, item.text, setting, slot, body);
    slot.top_left.y += composer_.set(galley_, Text{{item.action, Tone::alarm}},
                                     {setting.style, 2, alarm()}, slot, body);
    return slot.top_left.y - top;
  }

  void draw_box() {
    const auto& color = composer_.look().color;
    PlacedBox box;
    box.box = {pt(0), pt(0), width_, galley_.height};
    box.corner = pt(5);
    box.fill = alarm() ? color.signal : color.signal_tint;
    box.stroke = color.signal;
    box.stroke_width = pt(1.1);
    galley_.items.front() = box;
  }

  Composer& composer_;
  const Callout& callout_;
  Length width_, y_;
  Galley galley_;
};
}  // namespace

void set_callout(Composer& composer, const Callout& callout, Length width, SetSection& into) {
  append(into.head, CalloutSetter(composer, callout, width).set());
}
}  // namespace legwork::report
