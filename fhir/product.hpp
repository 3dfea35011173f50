#pragma once

#include "fhir/chart.hpp"
#include "fhir/element.hpp"
#include "fhir/facts.hpp"
#include "fhir/vocabulary.hpp"

#include <optional>
#include <string>
#include <string_view>

// What a drug is: its ingredients, route and strength, from codes where they tell, else from words.

namespace legwork::fhir {
/// From a CodeableConcept: a product, or an ingredient.
Product product_of(const Element& coded, const Vocabulary& vocabulary);
/// From a Medication resource: its code, its ingredients, its form.
Product read_product(const Element& medication, const Vocabulary& vocabulary);
/// From a reference that says only what it would lead to.
Product product_by_name(std::string_view name, const Vocabulary& vocabulary);

Medication::Route route_of_concept(const Element& coded, const Vocabulary& vocabulary);

/// The one strength in a product's name, "Amlodipine 5 MG Oral Tablet", in milligrams and as it is
/// printed. Nothing where there are several, or a concentration ("10 MG/ML").
struct Strength {
  double mg = 0;
  std::string words;  ///< "5 mg"
};
std::optional<Strength> strength_in(std::string_view name);
}  // namespace legwork::fhir
