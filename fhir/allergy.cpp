#include "fhir/datatypes.hpp"
#include "fhir/facts.hpp"

// Source: https://hl7.org/fhir/R4/allergyintolerance.html

namespace legwork::fhir {
namespace {
constexpr Wanted elements[] = {"code", "clinicalStatus"};

/// An allergy is never a drug taken: its code is not looked up among the medications.
void read_allergy(const Element& allergy, Reading& reading) {
  const std::string_view clinical = code_of(allergy.find("clinicalStatus"));
  if (clinical == "inactive" || clinical == "resolved") return;
  if (code_of(allergy.find("verificationStatus")) == "refuted") return;
  const Element code = allergy.coded("code");
  if (polarity_of(code, reading.vocabulary) == false) {  // "no known allergies"
    reading.facts.no_known_allergies = true;
  } else if (const std::string_view name = words_of(code); !name.empty()) {
    reading.facts.allergies.push_back({reading.reference, std::string(name)});
  }
}
}  // namespace

constexpr Rule allergy_rule{"AllergyIntolerance", elements, read_allergy};
}  // namespace legwork::fhir
