#pragma once

#include "causes/pack.hpp"
#include "publish/fhir_json.hpp"

#include <string>
#include <vector>

namespace legwork::publish {
/// One resource. Its url is its canonical without version, or where it would stand on a server.
struct Resource {
  std::string type, id, url;
  Json body;
};

/// A pack as FHIR.
struct FhirExport {
  /// FHIR R4 (4.0.1): the Library first, which lists the others; then PlanDefinition,
  /// Questionnaire, an ActivityDefinition a test, a ValueSet a concept.
  std::vector<Resource> r4;
  /// FHIR R5: a ClinicalUseDefinition for each cause that is a drug. R4 has no such type.
  std::vector<Resource> r5;
};

/// The pack for other systems. The same pack gives the same resources, in the same order.
///
/// Nothing is added: a concept without codes has no ValueSet, a test without an order code is named
/// in words. Rules are told in words and are not for machines to run.
FhirExport export_fhir(const causes::Pack& pack);

/// All resources in one Bundle of the type "collection".
Json bundle(const std::vector<Resource>& resources);
}  // namespace legwork::publish
