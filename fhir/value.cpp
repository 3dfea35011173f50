#include "fhir/value.hpp"

#include "base/text.hpp"
#include "fhir/datatypes.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace legwork::fhir {
namespace {
using Comparator = Quantity::Comparator;

/// The longer sign first: "<=" begins with "<".
constexpr std::array<std::pair<std::string_view, Comparator>, 6> comparators{{
    {"<=", Comparator::less_or_equal},
    {"\u2264", Comparator::less_or_equal},
    {">=", Comparator::greater_or_equal},
    {"\u2265", Comparator::greater_or_equal},
    {"<", Comparator::less},
    {">", Comparator::greater},
}};

Comparator read_comparator(const Element& comparator) {
  const std::string_view sign = comparator.text();
  if (sign.empty()) return Comparator::equal;
  for (const auto& [written, meaning] : comparators) {
    if (sign == written) return meaning;
  }
  comparator.complain("is not known");
  return Comparator::equal;
}

bool is_ucum(std::string_view system) {
  while (system.ends_with('/')) system.remove_suffix(1);
  return system.ends_with("://unitsofmeasure.org") || system.ends_with("2.16.840.1.113883.6.8");
}

/// Begins like a unit, and is one word: "ug/L", "%", "[IU]/L", "10*3/uL", "\u00B5g/L".
bool looks_like_unit(std::string_view text) {
  if (text.empty() || text.find_first_of(" \t,;:") != text.npos) return text.empty();
  const auto first = static_cast<unsigned char>(text[0]);
  const bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
  return letter || first >= 0x80 || first == '%' || first == '[' || first == '{' ||
         text.starts_with("10*") || text.starts_with("10^");
}

Value read_text(std::string_view text, const Vocabulary& vocabulary) {
  if (const auto said = vocabulary.value_of_words(text)) return *said;
  if (auto quantity = parse_quantity(text)) return std::move(*quantity);
  if (text.empty()) return Measurement::Absent{};
  return std::string(text);
}

Value read_concept(const Element& coded, const Vocabulary& vocabulary) {
  if (const auto said = polarity_of(coded, vocabulary)) return *said;
  const std::string_view words = words_of(coded);
  return read_text(words.empty() ? code_of(coded) : words, vocabulary);
}

/// One end alone is a bound: up to 5, from 5.
std::optional<Quantity> read_range(const Element& range) {
  auto low = read_quantity(range.object("low"));
  auto high = read_quantity(range.object("high"));
  if (low && high) {
    low->high = high->value;
    return low;
  }
  if (low) low->comparator = Comparator::greater_or_equal;
  if (high) high->comparator = Comparator::less_or_equal;
  return low ? low : high;
}

/// A ratio of two units is a quantity, "30 mg/g"; a ratio of bare numbers is a titer: words.
Value read_ratio(const Element& ratio) {
  auto top = read_quantity(ratio.object("numerator"));
  const auto bottom = read_quantity(ratio.object("denominator"));
  if (!top || !bottom) return Measurement::Absent{};
  if (top->unit.empty() && bottom->unit.empty()) {
    return fmt::format("{}:{}", top->value, bottom->value);
  }
  if (bottom->value == 0) return Measurement::Absent{};
  top->value /= bottom->value;
  if (!bottom->unit.empty()) top->unit += "/" + bottom->unit;
  top->ucum = top->ucum && bottom->ucum;
  return std::move(*top);
}

template <class T>
Value value_or_absent(std::optional<T> value) {
  if (value) return std::move(*value);
  return Measurement::Absent{};
}

Value read_typed(const Element& value, const Vocabulary& vocabulary) {
  const std::string_view type = value.name().substr(sizeof "value" - 1);
  if (type == "Quantity") return value_or_absent(read_quantity(value));
  if (type == "CodeableConcept") return read_concept(value, vocabulary);
  if (type == "String") return read_text(value.text(), vocabulary);
  if (type == "Boolean") return value_or_absent(value.boolean());
  if (type == "Range") return value_or_absent(read_range(value));
  if (type == "Ratio") return read_ratio(value);
  if (type == "Integer") {
    if (const auto number = value.number())
      return Quantity{*number, Comparator::equal, {}, {}, false};
  }
  return Measurement::Absent{};
}

Element value_element(const Element& observed) {
  for (const Element element : observed.children()) {
    if (element.name().starts_with("value")) return element;
  }
  return {};
}

/// For the healthy adult, not for one sex, age or therapy, nor a range to aim at.
bool is_for_everybody(const Element& range) {
  const std::string_view type = code_of(range.find("type"));
  return !range.find("appliesTo") && !range.find("age") && (type.empty() || type == "normal");
}

std::optional<double> limit(const Element& end, const Quantity& value) {
  const auto quantity = read_quantity(end);
  if (!quantity) return {};
  const bool same_unit = quantity->unit.empty() || quantity->unit == value.unit;
  return same_unit ? std::optional(quantity->value) : std::nullopt;
}
}  // namespace

bool has_value(const Element& observed) { return static_cast<bool>(value_element(observed)); }

Value read_value(const Element& observed, const Vocabulary& vocabulary) {
  const Element element = value_element(observed);
  Value value = element ? read_typed(element, vocabulary) : Value(Measurement::Absent{});
  if (auto* const absent = std::get_if<Measurement::Absent>(&value)) {
    absent->reason = code_of(observed.find("dataAbsentReason"));
  }
  return value;
}

std::optional<Measurement::Limits> read_limits(const Element& observed, const Value& value) {
  const auto* const quantity = std::get_if<Quantity>(&value);
  if (!quantity) return {};
  for (const Element range : observed.each("referenceRange")) {
    if (!is_for_everybody(range)) continue;
    const Measurement::Limits limits{limit(range.object("low"), *quantity),
                                     limit(range.object("high"), *quantity)};
    if (limits.low || limits.high) return limits;
  }
  return {};
}

std::optional<Quantity> read_quantity(const Element& quantity) {
  const auto value = quantity.number("value");
  if (!value) return {};
  Quantity made;
  made.value = *value;
  made.comparator = read_comparator(quantity.find("comparator"));
  const std::string_view code = quantity.text("code");
  const std::string_view unit = quantity.text("unit");
  made.ucum = !code.empty() && is_ucum(quantity.text("system"));
  made.unit = made.ucum || unit.empty() ? code : unit;
  return made;
}

std::optional<Quantity> parse_quantity(std::string_view text) {
  Quantity made;
  text = trim(text);
  for (const auto& [written, meaning] : comparators) {
    if (!text.starts_with(written)) continue;
    made.comparator = meaning;
    text = trim(text.substr(written.size()));
    break;
  }
  if (text.empty() || text[0] < '0' || text[0] > '9') return {};  // no sign, "inf" or "nan"
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), made.value);
  if (error != std::errc{} || !std::isfinite(made.value)) return {};
  const std::string_view unit = trim(text.substr(static_cast<std::size_t>(stop - text.data())));
  if (!looks_like_unit(unit)) return {};
  made.unit = unit;
  return made;
}
}  // namespace legwork::fhir
