#include "fhir/element.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace legwork::fhir {
namespace {
/// Nearly all texts have nothing to trim.
std::string_view trimmed(std::string_view text) {
  const bool bare = !text.empty() && text.front() > ' ' && text.back() > ' ';
  return bare ? text : trim(text);
}

/// Two letters in a row: "Ferritin", but no code, "2276-4" or "E11.42".
bool has_word(std::string_view text) {
  const auto is_letter = [](char c) {
    const char lower = static_cast<char>(c | 0x20);
    return c < 0 || (lower >= 'a' && lower <= 'z');
  };
  const auto both = [&](char a, char b) { return is_letter(a) && is_letter(b); };
  return std::adjacent_find(text.begin(), text.end(), both) != text.end();
}
}  // namespace

Element::Children Element::children() const { return each({}); }

Element::Children Element::each(std::string_view name) const {
  Children found;
  if (!node_) return found;
  if (!is_object()) complain("is not an object");
  found.begin_ = node_ + 1;
  found.end_ = node_ + node_->size;
  found.name_ = name;
  found.complaint_ = complaint_;
  return found;
}

Element Element::find(std::string_view name) const {
  for (const Element element : each(name)) return element;
  return {};
}

Element Element::object(std::string_view name) const {
  const Element found = find(name);
  if (!found) return {};
  if (found.node_->in_array) {
    found.complain("is an array");
  } else if (!found.is_object()) {
    found.complain("is not an object");
  } else if (const Children all = each(name); ++all.begin() != all.end()) {
    found.complain("stands twice");
  } else {
    return found;
  }
  return {};
}

Element Element::coded(std::string_view name) const {
  const Element found = find(name);
  const bool is_text = found && !found.node_->in_array &&
                       (found.node_->form == Form::text || found.node_->form == Form::untyped);
  return is_text && has_word(found.node_->value) ? found : object(name);
}

std::string_view Element::text() const {
  if (!node_) return {};
  if (node_->form == Form::text || node_->form == Form::untyped) return trimmed(node_->value);
  complain("is not text");
  return {};
}

std::optional<double> Element::number() const {
  if (!node_) return {};
  const std::string_view digits = node_->value;
  const char* const end = digits.data() + digits.size();
  double value = 0;
  const bool may_be = node_->form == Form::number || node_->form == Form::untyped;
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (may_be && error == std::errc{} && stop == end && std::isfinite(value)) return value;
  complain("is not a number");
  return {};
}

std::optional<bool> Element::boolean() const {
  if (!node_) return {};
  if (node_->form == Form::boolean || node_->form == Form::untyped) {
    if (node_->value == "true") return true;
    if (node_->value == "false") return false;
  }
  complain("is not true or false");
  return {};
}

std::optional<DateSpan> Element::date() const {
  if (!node_ || (node_->form != Form::text && node_->form != Form::untyped)) return {};
  return parse_date(trim(node_->value));
}

void Element::complain(std::string_view what) const {
  if (complaint_->empty()) *complaint_ = fmt::format("{} {}", path(), what);
}

std::string Element::path() const {
  std::string path(node_->name);
  for (const Node* node = node_ - node_->up; node->up != 0; node -= node->up) {
    path = fmt::format("{}.{}", node->name, path);
  }
  return path;
}

void ElementList::clear() {
  nodes_.clear();
  innermost_ = 0;
}

void ElementList::open(Label label) {
  add(label, Form::object, {});
  innermost_ = nodes_.size() - 1;
}

void ElementList::close() {
  Node& node = nodes_[innermost_];
  node.size = static_cast<std::uint32_t>(nodes_.size() - innermost_);
  innermost_ -= node.up;
}

void ElementList::add(Label label, Form form, std::string_view value) {
  const auto up = static_cast<std::uint32_t>(nodes_.size() - innermost_);
  nodes_.push_back({label.name, value, 1, up, form, label.in_array});
}

bool ElementList::holds(std::string_view name) const {
  return std::any_of(nodes_.begin(), nodes_.end(), [&](const Node& n) { return n.name == name; });
}
}  // namespace legwork::fhir
