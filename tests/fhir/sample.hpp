#pragma once

#include "fhir/read.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

// A small vocabulary and charts made of it. The codes are real, the pack is not.

namespace legwork::fhir::sample {
inline constexpr std::string_view rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
inline constexpr std::string_view loinc = "http://loinc.org";
inline constexpr std::string_view snomed = "http://snomed.info/sct";
inline constexpr std::string_view icd10 = "http://hl7.org/fhir/sid/icd-10-cm";
inline constexpr std::string_view atc = "http://www.whocc.no/atc";

/// The concepts of the small vocabulary.
enum Concept : ConceptId {
  amlodipine,
  benazepril,
  diclofenac,  // medications
  ferritin,
  hemoglobin,
  systolic,
  swelling_observed,  // observations
  edema,
  thrombosis,
  venous_insufficiency,  // conditions
  duplex,                // procedure
};

const Vocabulary& vocabulary();

/// Reads one text that is called "chart.json".
Result<Chart> read(std::string_view text);
/// The same, of a chart that must be readable.
Chart chart(std::string_view text);
/// A Bundle of the patient "Patient/p1" and these resources (JSON).
std::string bundle(std::initializer_list<std::string_view> resources);
/// The chart of that Bundle.
Chart chart_with(std::initializer_list<std::string_view> resources);
/// The texts of the notes on a resource, joined by "; ".
std::string notes_on(const Chart& chart, std::string_view reference);
}  // namespace legwork::fhir::sample
