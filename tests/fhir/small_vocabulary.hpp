#pragma once

#include "fhir/vocabulary.hpp"

#include <string_view>

// A small vocabulary. The codes are real, the pack is not.

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

}  // namespace legwork::fhir::sample
