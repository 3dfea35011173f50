#include "causes/units.hpp"

#include "causes/unit_table.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <vector>

namespace legwork::causes {
namespace {
constexpr std::size_t longest_unit = 256;
constexpr int deepest_parentheses = 16;
constexpr std::size_t longest_exponent = 3;

/// A unit taken apart: factor × 10^tens × base units, each to its power. Powers of ten are kept
/// apart because they are exact: 75 ng/mL is 75 ug/L, not 75.00000000000001.
struct Unit {
  double factor = 1;
  int tens = 0;
  std::array<int, dimension_count> powers{};
  int moles = 0;               ///< power of `mol` as written, which factor and tens hold too
  Scale scale = Scale::ratio;  ///< of a special unit; factor, tens and powers are its ratio unit's
  int scale_tens = 0;          ///< prefix of a special unit: -1 for dB
};

/// A number as a unit without dimension. Trailing zeros go where they stay exact.
Unit number(double value) {
  Unit unit;
  for (; value >= 10 && std::fmod(value, 10) == 0; value /= 10) ++unit.tens;
  unit.factor = value;
  return unit;
}

/// Multiplies by a unit to a power.
void multiply(Unit& product, const Unit& unit, int power = 1) {
  product.factor *= power == 1 ? unit.factor : std::pow(unit.factor, power);
  product.tens += unit.tens * power;
  for (std::size_t i = 0; i < dimension_count; ++i) product.powers[i] += unit.powers[i] * power;
  product.moles += unit.moles * power;
}

struct Atom {
  std::string_view code;
  Prefixes prefixes;
  Unit unit;
};

/// UCUM's atoms, resolved to base units. Immutable: shared by every thread.
class Atoms {
 public:
  static const Atoms& all() {
    static const Atoms atoms;
    return atoms;
  }

  const Atom* find(std::string_view code) const {
    const auto letter = static_cast<unsigned char>(code.front());
    if (letter >= by_letter_.size()) return nullptr;
    const auto& group = by_letter_[letter];
    const auto at = std::ranges::lower_bound(group, code, {}, &Atom::code);
    return at != group.end() && at->code == code ? &*at : nullptr;
  }

 private:
  Atoms();

  void add(const Atom& atom) {
    auto& group = by_letter_[static_cast<unsigned char>(atom.code.front())];
    group.insert(std::ranges::lower_bound(group, atom.code, {}, &Atom::code), atom);
  }

  std::array<std::vector<Atom>, 128> by_letter_;  // by first character, then by code
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_symbol(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%' || c == '\'' || c == '_';
}

/// Recursive descent over UCUM's grammar (section 2.2):
///   unit      = ["/"] term
///   term      = component { ("." | "/") component }
///   component = (symbol [exponent] | number) [annotation] | annotation | "(" term ")"
class Parser {
 public:
  Parser(std::string_view text, const Atoms& atoms) : text_(text), atoms_(atoms) {}

  std::optional<Unit> unit() {
    if (text_.size() > longest_unit) return {};
    const bool sound = next() == '/' ? more_components(1) : term(1);
    const bool special = product_.scale != Scale::ratio;
    if (!sound || at_ < text_.size() || (special && components_ > 1)) return {};
    return product_;
  }

 private:
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  // Each of these multiplies what it reads into the product, to the power given (1 or -1), and is
  // false where the text is no unit.

  bool term(int power) { return component(power) && more_components(power); }

  bool more_components(int power) {
    while (next() == '.' || next() == '/') {
      const int sign = text_[at_++] == '.' ? 1 : -1;
      if (!component(sign * power)) return false;
    }
    return true;
  }

  bool component(int power) {
    if (next() == '(') return parenthesis(power);
    ++components_;
    const auto rest = text_.substr(at_);
    if (rest.starts_with("10*") || rest.starts_with("10^")) {
      if (!power_of_symbol(3, power)) return false;
    } else if (is_digit(next())) {
      if (!whole_number(power)) return false;
    } else if (next() != '{') {
      if (!power_of_symbol(symbol_length(), power)) return false;
    }
    return annotation();
  }

  bool parenthesis(int power) {
    if (++depth_ > deepest_parentheses) return false;
    ++at_;
    if (!term(power) || next() != ')') return false;
    ++at_;
    --depth_;
    return true;
  }

  bool whole_number(int power) {
    double value = 0;
    while (is_digit(next())) value = value * 10 + (text_[at_++] - '0');
    multiply(product_, number(value), power);
    return value > 0;
  }

  /// Brackets may hold anything but brackets: "[m/s2/Hz^(1/2)]", "B[10.nV]". 0 if they stay open.
  std::size_t symbol_length() const {
    auto end = at_;
    while (end < text_.size() && (is_symbol(text_[end]) || text_[end] == '[')) {
      if (text_[end] == '[') end = text_.find(']', end);
      if (end == std::string_view::npos) return 0;
      ++end;
    }
    return end - at_;
  }

  bool power_of_symbol(std::size_t length, int power) {
    const auto code = text_.substr(at_, length);
    at_ += length;
    const auto power_written = exponent();
    return length > 0 && power_written && symbol(code, *power_written * power);
  }

  /// One where none is written; nothing for a sign without digits.
  std::optional<int> exponent() {
    const int sign = next() == '-' ? -1 : 1;
    const bool is_signed = next() == '-' || next() == '+';
    if (is_signed) ++at_;
    if (!is_digit(next())) return is_signed ? std::nullopt : std::optional(1);
    int result = 0;
    for (std::size_t digits = 0; is_digit(next()) && digits < longest_exponent; ++digits)
      result = result * 10 + (text_[at_++] - '0');
    return sign * result;
  }

  bool symbol(std::string_view code, int power) {
    if (const auto* atom = atoms_.find(code)) return multiply_atom(*atom, {}, power);
    for (const auto& prefix : unit_prefixes()) {
      const auto length = prefix.code.size();
      if (prefix.code.front() != code.front() || !code.starts_with(prefix.code)) continue;
      const auto* atom = code.size() > length ? atoms_.find(code.substr(length)) : nullptr;
      if (atom && atom->prefixes == Prefixes::metric) return multiply_atom(*atom, prefix, power);
    }
    return false;
  }

  bool multiply_atom(const Atom& atom, const UnitPrefix& prefix, int power) {
    multiply(product_, atom.unit, power);
    if (atom.unit.scale != Scale::ratio) {
      product_.scale = atom.unit.scale;
      product_.scale_tens = prefix.tens;
      return power == 1 && prefix.factor == 1;
    }
    product_.tens += prefix.tens * power;
    if (prefix.factor != 1) product_.factor *= std::pow(prefix.factor, power);
    return true;
  }

  /// Printable ASCII without space or braces (section 2.1), if one stands here.
  bool annotation() {
    if (next() != '{') return true;
    const auto end = text_.find('}', at_);
    if (end == std::string_view::npos) return false;
    const auto inside = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return std::ranges::all_of(inside, [](char c) { return c > ' ' && c <= '~' && c != '{'; });
  }

  std::string_view text_;
  const Atoms& atoms_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int components_ = 0;
  Unit product_;
};

Atoms::Atoms() {
  std::size_t dimensions = 0;
  for (const auto code : base_units) {
    Unit unit;
    unit.powers[dimensions++] = 1;
    add({code, Prefixes::metric, unit});
  }
  for (const auto& row : unit_definitions()) {
    const auto of = Parser(row.unit, *this).unit();
    assert(of && "the table is in order");
    auto unit = number(row.value);
    multiply(unit, *of);
    unit.moles = row.code == "mol" ? 1 : 0;
    if (row.scale == Scale::arbitrary) {
      unit.powers[dimensions++] = 1;
    } else {
      unit.scale = row.scale;
    }
    add({row.code, row.prefixes, unit});
  }
}

/// A number on a special unit's scale, as one on its ratio scale.
double to_ratio(Scale scale, double value) {
  constexpr double degree = std::numbers::pi / 180;
  switch (scale) {
    case Scale::ratio:
    case Scale::arbitrary:
      return value;
    case Scale::celsius:
      return value + 273.15;
    case Scale::fahrenheit:
      return value + 459.67;
    case Scale::reaumur:
      return value + 218.52;
    case Scale::tangent:
      return std::atan(value / 100);
    case Scale::tangent_degrees:
      return std::atan(value / 100) / degree;
    case Scale::ln:
      return std::exp(value);
    case Scale::lg:
      return std::pow(10, value);
    case Scale::ld:
      return std::exp2(value);
    case Scale::twice_lg:
      return std::pow(10, value / 2);
    case Scale::minus_lg:
      return std::pow(10, -value);
    case Scale::homeopathic_c:
      return std::pow(100, -value);
    case Scale::homeopathic_m:
      return std::pow(1000, -value);
    case Scale::homeopathic_q:
      return std::pow(50000, -value);
    case Scale::square_root:
      return value * value;
  }
  return value;
}

/// The inverse of to_ratio.
double from_ratio(Scale scale, double value) {
  constexpr double degree = std::numbers::pi / 180;
  switch (scale) {
    case Scale::ratio:
    case Scale::arbitrary:
      return value;
    case Scale::celsius:
      return value - 273.15;
    case Scale::fahrenheit:
      return value - 459.67;
    case Scale::reaumur:
      return value - 218.52;
    case Scale::tangent:
      return 100 * std::tan(value);
    case Scale::tangent_degrees:
      return 100 * std::tan(value * degree);
    case Scale::ln:
      return std::log(value);
    case Scale::lg:
      return std::log10(value);
    case Scale::ld:
      return std::log2(value);
    case Scale::twice_lg:
      return 2 * std::log10(value);
    case Scale::minus_lg:
      return -std::log10(value);
    case Scale::homeopathic_c:
      return -std::log10(value) / 2;
    case Scale::homeopathic_m:
      return -std::log10(value) / 3;
    case Scale::homeopathic_q:
      return -std::log(value) / std::log(50000);
    case Scale::square_root:
      return std::sqrt(value);
  }
  return value;
}

/// value × 10^tens, rounded once where the power is a double: up to 10^22.
double times_ten_to(double value, int tens) {
  const double power = std::pow(10.0, std::abs(tens));
  return tens < 0 ? value / power : value * power;
}

/// Turns moles into mass or makes them from it, so that the unit has as many as the wanted one.
void bridge(Unit& unit, const Unit& wanted, double molar_mass) {
  const auto& atoms = Atoms::all();
  auto mole_mass = number(molar_mass);
  multiply(mole_mass, atoms.find("g")->unit);
  const int moles = wanted.moles - unit.moles;
  multiply(unit, atoms.find("mol")->unit, moles);
  multiply(unit, mole_mass, -moles);
}

bool same_scale(const Unit& one, const Unit& other) {
  return one.scale == other.scale && one.factor == other.factor && one.tens == other.tens;
}
}  // namespace

bool is_unit(std::string_view ucum) { return Parser(ucum, Atoms::all()).unit().has_value(); }

std::optional<double> convert(double value, std::string_view from, std::string_view to,
                              Analyte analyte) {
  auto source = Parser(from, Atoms::all()).unit();
  const auto target = Parser(to, Atoms::all()).unit();
  if (!source || !target) return {};
  if (source->powers != target->powers && analyte.molar_mass)
    bridge(*source, *target, *analyte.molar_mass);
  if (source->powers != target->powers) return {};

  double result = times_ten_to(value, source->scale_tens);
  if (!same_scale(*source, *target)) {
    result = to_ratio(source->scale, result) * (source->factor / target->factor);
    result = from_ratio(target->scale, times_ten_to(result, source->tens - target->tens));
  }
  result = times_ten_to(result, -target->scale_tens);
  return std::isfinite(result) ? std::optional(result) : std::nullopt;
}
}  // namespace legwork::causes
