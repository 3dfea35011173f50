#include "fhir/product.hpp"

#include "fhir/datatypes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

// Source: https://hl7.org/fhir/R4/medication.html

namespace legwork::fhir {
namespace {
using Route = Medication::Route;
constexpr Wanted elements[] = {"code", "form", "ingredient"};

constexpr std::array<std::pair<std::string_view, double>, 7> strength_units{{
    {"mcg", 0.001},
    {"\u00B5g", 0.001},  // micro sign
    {"\u03BCg", 0.001},  // Greek mu
    {"ug", 0.001},
    {"mg", 1},
    {"g", 1000},
    {"gm", 1000},
}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

/// Local beats systemic beats silence.
Route stronger(Route a, Route b) {
  if (a == Route::local || b == Route::local) return Route::local;
  return a != Route::unclear ? a : b;
}

Route route_of_text(std::string_view text, const Vocabulary& vocabulary) {
  return text.empty() ? Route::unclear : vocabulary.route_of_words(text).value_or(Route::unclear);
}

void add_ingredients(const Meanings& meanings, Product& product) {
  for (const auto& meaning : meanings) {
    product.ingredients.push_back(meaning.id);
    product.code_route = stronger(product.code_route, meaning.route);
    product.matched_by = std::max(product.matched_by, meaning.matched_by);
  }
  std::sort(product.ingredients.begin(), product.ingredients.end());
  const auto repeats = std::unique(product.ingredients.begin(), product.ingredients.end());
  product.ingredients.erase(repeats, product.ingredients.end());
}

void add_strength(std::string_view words, Product& product) {
  if (product.strength_mg || product.ingredients.size() != 1) return;
  auto strength = strength_in(words);
  if (!strength) return;
  product.strength_mg = strength->mg;
  product.dose = std::move(strength->words);
}

/// "mg" of "MG Oral Tablet": the unit that a text begins with, and its length.
const std::pair<std::string_view, double>* unit_at(std::string_view text) {
  for (const auto& unit : strength_units) {
    const std::string_view written = unit.first;
    if (text.size() < written.size()) continue;
    const auto same = [](char a, char b) { return lower(a) == b; };
    if (!std::equal(written.begin(), written.end(), text.begin(),
                    [&](char b, char a) { return same(a, b); })) {
      continue;
    }
    const bool ends = text.size() == written.size() || !is_letter(text[written.size()]);
    if (ends) return &unit;
  }
  return nullptr;
}
}  // namespace

Route route_of_concept(const Element& coded, const Vocabulary& vocabulary) {
  Route route = Route::unclear;
  for (const Element coding : codings_of(coded)) {
    const auto system = vocabulary.system(coding.text("system"));
    if (const auto said = vocabulary.route_of_code(system, coding.text("code"))) {
      route = stronger(route, *said);
    }
    route = stronger(route, route_of_text(coding.text("display"), vocabulary));
  }
  return stronger(route, route_of_text(text_of(coded), vocabulary));
}

Product product_of(const Element& coded, const Vocabulary& vocabulary) {
  Product product;
  product.name = words_of(coded);
  add_ingredients(recognize(coded, Kind::medication, vocabulary), product);
  product.words_route = route_of_text(text_of(coded), vocabulary);
  add_strength(text_of(coded), product);
  for (const Element coding : codings_of(coded)) {
    const std::string_view display = coding.text("display");
    product.words_route = stronger(product.words_route, route_of_text(display, vocabulary));
    add_strength(display, product);
  }
  return product;
}

Product product_by_name(std::string_view name, const Vocabulary& vocabulary) {
  Product product;
  if (name.empty()) return product;
  Meanings meanings;
  vocabulary.find_names(Kind::medication, name, meanings);
  product.name = name;
  add_ingredients(meanings, product);
  product.words_route = route_of_text(name, vocabulary);
  add_strength(name, product);
  return product;
}

Product read_product(const Element& medication, const Vocabulary& vocabulary) {
  Product product = product_of(medication.coded("code"), vocabulary);
  for (const Element ingredient : medication.each("ingredient")) {
    if (ingredient.boolean("isActive") == false) continue;
    const Product part = product_of(ingredient.coded("itemCodeableConcept"), vocabulary);
    if (part.ingredients.empty()) continue;
    product.matched_by = std::max(product.matched_by, part.matched_by);
    if (product.name.empty()) product.name = part.name;
    product.ingredients.insert(product.ingredients.end(), part.ingredients.begin(),
                               part.ingredients.end());
    product.code_route = stronger(product.code_route, part.code_route);
  }
  add_ingredients({}, product);  // in order, no repeats
  const Route form = route_of_concept(medication.coded("form"), vocabulary);
  product.words_route = stronger(product.words_route, form);
  return product;
}

std::optional<Strength> strength_in(std::string_view name) {
  std::optional<Strength> found;
  for (std::size_t at = name.find_first_of("0123456789"); at != name.npos;
       at = name.find_first_of("0123456789", at)) {
    const char* const from = name.data() + at;
    double value = 0;
    const auto [stop, error] =
        std::from_chars(from, name.data() + name.size(), value, std::chars_format::fixed);
    const bool in_word =
        at > 0 && (is_letter(name[at - 1]) || name[at - 1] == '.' || name[at - 1] == ',');
    at = static_cast<std::size_t>(stop - name.data());
    if (error != std::errc{} || in_word) continue;
    std::string_view rest = name.substr(at);
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    const auto* const unit = unit_at(rest);
    if (!unit) continue;
    if (found || rest.substr(unit->first.size()).starts_with('/')) return {};
    const std::string_view digits(from, static_cast<std::size_t>(stop - from));
    found = Strength{value * unit->second, fmt::format("{} {}", digits, unit->first)};
  }
  return found;
}

namespace {
void read_medication(const Element& medication, Reading& reading) {
  reading.facts.product = read_product(medication, reading.vocabulary);
}
}  // namespace

constexpr Rule medication_rule{"Medication", elements, read_medication};
}  // namespace legwork::fhir
