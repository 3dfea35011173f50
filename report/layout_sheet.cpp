#include "report/layout_sheet.hpp"

#include "report/document.hpp"
#include "report/layout_sheet_parts.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

// A sheet is set whole, measured, and set again with less where it is too tall: what the patient
// can do without gives way first, and everything that is left keeps its size.

namespace legwork::report {
namespace {
constexpr Length narrow_gap = pt(10), usual_gap = pt(15), wide_gap = pt(24);

/// A sheet in one column of parts.
struct Stack {
  std::vector<Galley> parts;
  Galley foot;
  Length height() const {  ///< with no gaps
    Length sum = foot.height;
    for (const auto& part : parts) sum += part.height;
    return sum;
  }
};

/// Two parts beside each other.
Galley beside(Galley left, Galley right, Length offset) {
  Galley both;
  both.height = std::max(left.height, right.height);
  place(std::move(left), {}, artifact, both.items, both.structure);
  place(std::move(right), {offset, pt(0)}, artifact, both.items, both.structure);
  return both;
}

class Stacker {
 public:
  Stacker(const SheetSetter& set, const Sheet& sheet, Length width)
      : set_(set), sheet_(sheet), width_(width) {}

  Stack stack() const {
    Stack result;
    for (std::size_t i = 0; i < sheet_.order.size(); ++i) {
      const auto id = sheet_.order[i];
      const auto after = i + 1 < sheet_.order.size() ? sheet_.order[i + 1] : SectionId::patient;
      if (pair(id, after)) {
        const auto left = width_ * 0.54, right = width_ - left - pt(26);
        result.parts.push_back(beside(part(id, left), part(after, right), width_ - right));
        ++i;
      } else if (shown(id)) {
        result.parts.push_back(part(id, width_));
      }
    }
    result.foot = set_.foot();
    return result;
  }

 private:
  /// A list with nothing in it has no heading either: an empty frame tells a patient nothing.
  bool shown(SectionId id) const {
    const auto& most = set_.amounts;
    switch (id) {
      case SectionId::patient:
      case SectionId::message:
      case SectionId::help:
        return true;
      case SectionId::found:
        return !sheet_.found.empty() && most.cards > 0;
      case SectionId::next:
        return !sheet_.next.empty() && most.next > 0;
      case SectionId::until_then:
        return !sheet_.until_then.empty() && most.until_then > 0;
      case SectionId::tell:
        return !sheet_.tell.empty() && most.tell > 0;
      case SectionId::ask:
        return !sheet_.ask.empty() && most.ask > 0;
      default:
        return false;  // the basis stands in the foot; the rest is a clinician's
    }
  }

  /// Whether two sections stand beside each other.
  bool pair(SectionId id, SectionId after) const {
    const bool steps = id == SectionId::next && after == SectionId::until_then;
    const bool visit = id == SectionId::tell && after == SectionId::ask;
    return (steps || (visit && set_.amounts.tell_beside_ask)) && shown(id) && shown(after);
  }

  Galley part(SectionId id, Length width) const {
    switch (id) {
      case SectionId::patient:
        return set_.head();
      case SectionId::message:
        return set_.message();
      case SectionId::found:
        return set_.found();
      case SectionId::next:
        return set_.next(width);
      case SectionId::until_then:
        return set_.until_then(width);
      case SectionId::tell:
        return set_.tell(width);
      case SectionId::ask:
        return set_.ask(width);
      default:
        return set_.help();
    }
  }

  const SheetSetter& set_;
  const Sheet& sheet_;
  Length width_;
};

/// From all of it to what no sheet is without, in the order in which a patient can spare it.
std::vector<Amounts> ever_less() {
  std::vector<Amounts> steps{{}};
  const auto less = [&](auto change) {
    auto next = steps.back();
    change(next);
    steps.push_back(next);
  };
  less([](Amounts& a) { a.tell_beside_ask = true; });
  less([](Amounts& a) { a.tell = 5; });
  less([](Amounts& a) { a.tell = 4; });
  less([](Amounts& a) { a.ask = 2; });
  less([](Amounts& a) { a.tell = 3; });
  less([](Amounts& a) { a.until_then = 3; });
  less([](Amounts& a) { a.next = 3; });
  less([](Amounts& a) { a.lines = 3; });
  less([](Amounts& a) { a.ask = a.tell = 2; });
  less([](Amounts& a) { a.until_then = a.next = 2; });
  less([](Amounts& a) { a.ask = 0; });
  less([](Amounts& a) { a.lines = 2; });
  less([](Amounts& a) { a.tell = 0; });
  less([](Amounts& a) { a.message_lines = 5; });
  less([](Amounts& a) { a.until_then = a.next = 1; });
  less([](Amounts& a) { a.cards = 0; });
  less([](Amounts& a) { a.until_then = a.next = 0; });
  return steps;
}

/// A document that has the sheet's paper and colors: what a Look is made from.
Document frame_of(const Sheet& sheet) {
  Document frame;
  frame.paper = sheet.paper;
  frame.brand = sheet.brand;
  return frame;
}
}  // namespace

Pages lay_out(const Sheet& sheet, Typesetter& typesetter) {
  const Look look(frame_of(sheet));
  const SheetType type(look.color);
  Composer composer(typesetter, look);
  const auto room = look.page_height - 2 * look.top();

  Stack stack;
  Length gap;
  for (const auto& amounts : ever_less()) {
    const SheetSetter set{composer, sheet, type, amounts};
    stack = Stacker(set, sheet, look.width()).stack();
    gap = (room - stack.height()) / static_cast<double>(stack.parts.size());
    if (gap >= narrow_gap) break;
  }
  gap = std::clamp(gap, narrow_gap, gap > wide_gap * 2 ? usual_gap : wide_gap);

  Pages pages;
  pages.title = sheet.title;
  pages.language = sheet.language;
  pages.subject = sheet.subject;
  Page page{look.page_width, look.page_height, {}};
  auto y = look.top();
  for (auto& part : stack.parts) {
    const auto height = part.height;
    place(std::move(part), {look.left(), y}, artifact, page.items, pages.structure);
    y += height + gap;
  }
  const auto foot_top = look.page_height - look.top() - stack.foot.height;
  place(std::move(stack.foot), {look.left(), foot_top}, artifact, page.items, pages.structure);
  pages.pages.push_back(std::move(page));
  pages.warnings = typesetter.take_missing();
  return pages;
}
}  // namespace legwork::report
