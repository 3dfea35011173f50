#include "causes/pack_reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace legwork::causes {
namespace {
constexpr std::string_view kind_names[] = {"source", "claim",     "concept", "criterion",
                                           "cause",  "red flag",  "test",    "question",
                                           "score",  "drug order"};

bool among(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}
}  // namespace

void Reading::fault(const Element& at, std::string what) {
  faults.push_back({ErrorKind::malformed, at.where(), std::move(what)});
}

void Reading::expect(const Element& at, std::initializer_list<std::string_view> attributes,
                     std::initializer_list<std::string_view> children) {
  for (const auto name : at.attribute_names()) {
    if (among(name, attributes)) continue;
    fault(at, fmt::format("<{}> has no attribute '{}'; it may have: {}", at.name(), name,
                          fmt::join(attributes, ", ")));
  }
  for (const Element& child : at.children()) {
    if (among(child.name(), children) ||
        (among("*criterion*", children) && is_criterion(child.name()))) {
      continue;
    }
    fault(child, fmt::format("<{}> does not belong in <{}>", child.name(), at.name()));
  }
}

std::string Reading::required(const Element& at, std::string_view attribute) {
  const auto value = at.attribute(attribute);
  if (!value || value->empty()) {
    fault(at, fmt::format("<{}> needs the attribute '{}'", at.name(), attribute));
    return {};
  }
  return std::string(*value);
}

std::string Reading::optional(const Element& at, std::string_view attribute) {
  return std::string(at.attribute(attribute).value_or(""));
}

bool Reading::yes(const Element& at, std::string_view attribute) {
  return choice(at, attribute, {"no", "yes"}) == 1;
}

std::optional<double> Reading::number(const Element& at, std::string_view attribute) {
  const auto text = at.attribute(attribute);
  if (!text) return {};
  double value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error == std::errc{} && end == text->data() + text->size()) return value;
  fault(at, fmt::format("{}=\"{}\" is not a number; write it like 0.75", attribute, *text));
  return {};
}

int Reading::whole(const Element& at, std::string_view attribute, int otherwise) {
  const auto value = number(at, attribute);
  if (!value) return otherwise;
  if (*value == static_cast<int>(*value)) return static_cast<int>(*value);
  fault(at, fmt::format("{} must be a whole number", attribute));
  return otherwise;
}

std::optional<Period> Reading::period(const Element& at, std::string_view attribute) {
  const auto text = at.attribute(attribute);
  if (!text) return {};
  const auto period = parse_period(*text);
  if (!period) {
    fault(at, fmt::format("{}=\"{}\" is not a period; write it like P6M, P3Y or P90D", attribute,
                          *text));
  }
  return period;
}

std::size_t Reading::choice(const Element& at, std::string_view attribute,
                            std::span<const std::string_view> choices) {
  const auto text = at.attribute(attribute);
  if (!text) return 0;
  const auto found = std::find(choices.begin(), choices.end(), *text);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  fault(at, fmt::format("{}=\"{}\" is none of: {}", attribute, *text, fmt::join(choices, ", ")));
  return 0;
}

std::vector<std::string> Reading::list(const Element& at, std::string_view attribute) {
  const auto found = words(at.attribute(attribute).value_or(""));
  return {found.begin(), found.end()};
}

void Reading::define(const Element& at, IdKind kind, std::size_t index) {
  Known& known = known_[static_cast<std::size_t>(kind)];
  known.places.push_back(at);
  const std::string id = required(at, "id");
  if (id.empty() || known.ids.emplace(id, static_cast<Index>(index)).second) return;
  fault(at, fmt::format("the {} '{}' is defined twice; rename or delete one",
                        kind_names[static_cast<std::size_t>(kind)], id));
}

std::optional<Index> Reading::find(const Element& at, IdKind kind, std::string_view id) {
  const auto& ids = known_[static_cast<std::size_t>(kind)].ids;
  const auto found = ids.find(std::string(id));
  if (found != ids.end()) return found->second;
  fault(at, fmt::format("there is no {} '{}'; define it or correct the id",
                        kind_names[static_cast<std::size_t>(kind)], id));
  return {};
}

const Element& Reading::place(IdKind kind, std::size_t index) const {
  return known_[static_cast<std::size_t>(kind)].places[index];
}

std::optional<Index> Reading::reference(const Element& at, std::string_view attribute,
                                        IdKind kind) {
  const std::string id = required(at, attribute);
  return id.empty() ? std::nullopt : find(at, kind, id);
}

std::vector<Index> Reading::references(const Element& at, std::string_view attribute, IdKind kind) {
  std::vector<Index> found;
  for (const auto& id : list(at, attribute)) {
    if (const auto index = find(at, kind, id)) found.push_back(*index);
  }
  return found;
}

std::vector<std::string> Reading::ids(const Element& at, std::string_view attribute, IdKind kind) {
  auto found = list(at, attribute);
  for (const auto& id : found) find(at, kind, id);
  return found;
}
}  // namespace legwork::causes
