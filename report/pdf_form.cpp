#include "report/pdf_form.hpp"

#include "report/pdf_content.hpp"
#include "report/pdf_syntax.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
constexpr Length margin = Length::pt(2);  // a box of 7 pt alone is hard to hit

enum class State { off, yes };

bool look_alike(const PlacedBox& a, const PlacedBox& b) {
  return a.box.width == b.box.width && a.box.height == b.box.height && a.corner == b.corner &&
         a.fill == b.fill && a.stroke == b.stroke && a.stroke_width == b.stroke_width;
}

PlacedPath tick(const PlacedBox& box) {
  using Kind = PlacedPath::Step::Kind;
  const auto at = [&](double x, double y) {
    return Point{box.box.left + box.box.width * x, box.box.top + box.box.height * y};
  };
  PlacedPath path;
  path.steps = {{Kind::move, {at(0.2, 0.52)}},
                {Kind::line, {at(0.42, 0.76)}},
                {Kind::line, {at(0.82, 0.22)}}};
  path.stroke = box.stroke.value_or(Color{});
  path.stroke_width = box.box.width * 0.17;
  return path;
}

int add_state(PlacedBox box, State state, PdfObjects& objects) {
  Page page{box.box.width + 2 * margin, box.box.height + 2 * margin, {}};
  box.box.left = box.box.top = margin;
  page.items.push_back(box);
  if (state == State::yes) page.items.push_back(tick(box));
  return objects.add_stream(form_dictionary(page), draw_alone(page));
}
}  // namespace

const std::string& Form::states(const PlacedBox& box) {
  auto found = std::find_if(appearances_.begin(), appearances_.end(),
                            [&](const Appearance& made) { return look_alike(made.box, box); });
  if (found == appearances_.end()) {
    const int off = add_state(box, State::off, objects_);
    const int yes = add_state(box, State::yes, objects_);
    found = appearances_.insert(
        found, {box, "<</Off " + reference(off) + " /Yes " + reference(yes) + ">>"});
  }
  return found->states;
}

/// A full stop would part the name of a field from that of its part; two fields of one name would
/// be ticked together.
std::string Form::unique_name(const std::string& wanted) {
  std::string base = wanted;
  std::replace(base.begin(), base.end(), '.', '-');
  std::string unique = base;
  for (int i = 2; !names_.insert(unique).second; ++i) unique = base + " " + std::to_string(i);
  return unique;
}

Box Form::area(const PlacedField& field) {
  const Box& box = field.box.box;
  return {box.left - margin, box.top - margin, box.width + 2 * margin, box.height + 2 * margin};
}

int Form::add(const PlacedField& field, Length page_height, std::size_t key) {
  fields_.push_back(objects_.reserve());
  objects_.fill(fields_.back(), "/Type /Annot /Subtype /Widget /FT /Btn /F 4 /Rect " +
                                    rectangle(area(field), page_height) + " /T " +
                                    text_string(unique_name(field.name)) + " /TU " +
                                    text_string(field.tooltip) + " /V /Off /AS /Off /AP <</N " +
                                    states(field.box) + ">> /StructParent " + std::to_string(key));
  return fields_.back();
}
}  // namespace legwork::report
