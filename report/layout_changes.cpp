#include "report/layout_section.hpp"

namespace legwork::report {
/// A strip: the label at the left, what changed beside it in one flow, then what is said of it all.
void set_changes(Composer& composer, const Changes& changes, Length width, SetSection& into) {
  const auto& look = composer.look();
  constexpr auto inset = pt(9.5), gap = pt(10), top = pt(5);
  auto label_style = look.body;
  label_style.weight = Weight::semibold;
  label_style.color = rgb(look.color.brand);
  Galley galley;
  galley.items.push_back(PlacedBox{});  // drawn first, as tall as what follows
  const auto node = galley.add("P");
  auto label = composer.line_within(changes.label, label_style, width * 0.25);
  const Length x = inset + label.width + gap;
  put_line(galley, std::move(label), label_style, {inset, top}, node);

  Text flow;
  for (const auto& entry : changes.entries) {
    if (!flow.empty()) flow.push_back({"  ·  "});
    flow.insert(flow.end(), entry.begin(), entry.end());
  }
  Slot slot{{x, top}, width - inset - x};
  slot.top_left.y += composer.set(galley, flow, {look.body, 5}, slot, node);
  if (!changes.closing.empty())
    slot.top_left.y +=
        composer.set(galley, changes.closing, {look.caption, 2}, slot, galley.add("P"));
  galley.height = slot.top_left.y + top;
  PlacedBox panel;
  panel.box = {pt(0), pt(0), width, galley.height};
  panel.corner = pt(4);
  panel.fill = look.color.panel;
  galley.items.front() = panel;
  append(into.head, std::move(galley));
}
}  // namespace legwork::report
