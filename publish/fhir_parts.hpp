#pragma once

#include "causes/pack.hpp"
#include "publish/fhir_export.hpp"

#include <string>
#include <vector>

/// The parts of an export, one file each. Of no use outside `publish`.
namespace legwork::publish {
/// Which of a concept's codes: those for local use (gel, inhaler) stand apart from the others,
/// since rules ask for systemic use.
enum class Codes { main, local };

/// One a concept that has codes, its own or those of narrower ones; two where some are for local
/// use only.
std::vector<Resource> value_sets(const causes::Pack& pack);

/// The canonical of the set of a concept's codes; "" where it has none.
std::string value_set_of(const causes::Pack& pack, causes::ConceptId id, Codes which);

/// One a test, or one for each of its order codes where it has several: those are separate orders,
/// and a code in FHIR is one thing.
std::vector<Resource> activities(const causes::Pack& pack);

/// The canonicals of a test's activities, in their order, with what each is called.
struct NamedCanonical {
  std::string title, canonical;
};
std::vector<NamedCanonical> activities_of(const causes::Pack& pack, const causes::Test& test);

Resource questionnaire(const causes::Pack& pack);
std::string questionnaire_canonical(const causes::Pack& pack);

/// For whom it is not meant, what to ask, red flags, causes, scores and work-up: each rule an
/// action whose condition is the rule in words.
Resource plan(const causes::Pack& pack);

/// What the pack is, where it comes from, and that it rests on all the others.
Resource library(const causes::Pack& pack, const std::vector<Resource>& others);

/// FHIR R5: one a cause that is a drug.
std::vector<Resource> drug_effects(const causes::Pack& pack);

/// A criterion as one sentence: "all of (statin taken; any of (muscle ache; …))".
std::string sentence(const causes::Criterion& criterion, const causes::Pack& pack);

/// What a criterion looks for in a record, as DataRequirements that name the sets of codes.
Json::Array inputs(const causes::Criterion& criterion, const causes::Pack& pack);
}  // namespace legwork::publish
