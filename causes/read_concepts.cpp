#include "base/text.hpp"
#include "causes/pack_reading.hpp"
#include "causes/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace legwork::causes {
namespace {
using fhir::Kind;
using fhir::Medication;

std::optional<fhir::SystemId> system_of(const Element& at, Reading& reading) {
  const std::string id = reading.required(at, "system");
  if (id.empty()) return {};
  const auto system = reading.pack.vocabulary.system("legwork:" + id);
  if (system != 0) return system;
  reading.fault(at, fmt::format("there is no code system '{}'; name it in <systems>", id));
  return {};
}

Medication::Route route_of(const Element& at, std::string_view attribute, Reading& reading) {
  constexpr Medication::Route routes[] = {Medication::Route::unclear, Medication::Route::systemic,
                                          Medication::Route::local};
  return routes[reading.choice(at, attribute, {"unclear", "systemic", "local"})];
}
}  // namespace

std::optional<ConceptId> concept_reference(const Element& at, std::string_view attribute,
                                           std::initializer_list<Kind> allowed, Reading& reading) {
  const auto index = reading.reference(at, attribute, IdKind::concept_);
  if (!index) return {};
  const Concept& found = reading.pack.concepts[*index];
  if (std::find(allowed.begin(), allowed.end(), found.kind) != allowed.end()) return *index;
  reading.fault(at, fmt::format("'{}' is of the kind {}, which <{}> does not look at", found.id,
                                fhir::kind_names[static_cast<std::size_t>(found.kind)], at.name()));
  return {};
}

void read_systems(const Element& root, Reading& reading) {
  reading.expect(root, {}, {"system"});
  for (const Element& at : root.children()) {
    reading.expect(at, {"id", "uri"}, {"alias", "copyright"});
    const std::string id = reading.required(at, "id"), uri = reading.required(at, "uri");
    const auto system = reading.pack.vocabulary.add_system(uri);
    reading.pack.vocabulary.add_system_alias("legwork:" + id, system);
    reading.system_uris[id] = uri;
    CodeSystem& known = reading.pack.code_systems.emplace_back(CodeSystem{uri, {}});
    for (const Element& child : at.children()) {
      if (child.name() == "copyright") {
        known.copyright = child.text();
      } else {
        reading.pack.vocabulary.add_system_alias(child.text(), system);
      }
    }
  }
}

void read_forms(const Element& root, Reading& reading) {
  reading.expect(root, {}, {"route", "value", "guard"});
  auto& vocabulary = reading.pack.vocabulary;
  for (const Element& at : root.children()) {
    if (at.name() == "guard") {
      vocabulary.add_guard(at.text());
      continue;
    }
    const bool is_route = at.name() == "route";
    reading.expect(at, {is_route ? "use" : "means"}, {"words", "codes"});
    const auto route = is_route ? route_of(at, "use", reading) : Medication::Route::unclear;
    const bool present = !is_route && reading.choice(at, "means", {"absent", "present"}) == 1;
    for (const Element& child : at.children()) {
      if (child.name() == "words") {
        is_route ? vocabulary.add_route_words(child.text(), route)
                 : vocabulary.add_value_word(child.text(), present);
        continue;
      }
      const auto system = system_of(child, reading);
      if (!system) continue;
      for (const auto code : words(child.text())) {
        is_route ? vocabulary.add_route_code(*system, code, route)
                 : vocabulary.add_value_code(*system, code, present);
      }
    }
  }
}

void read_unit_repairs(const Element& root, Reading& reading) {
  reading.expect(root, {}, {"repair"});
  for (const Element& at : root.children()) {
    reading.expect(at, {"from", "to", "only"}, {});
    UnitRepair repair{reading.required(at, "from"), reading.required(at, "to"),
                      reading.references(at, "only", IdKind::concept_)};
    if (!is_unit(repair.to)) {
      reading.fault(at, fmt::format("'{}' is not a UCUM unit", repair.to));
    }
    std::erase(repair.from, ' ');
    reading.pack.unit_repairs.push_back(std::move(repair));
  }
}

void read_concept(const Element& at, Concept& into, Reading& reading) {
  reading.expect(
      at,
      {"id", "kind", "label", "is-a", "local-forms", "unit", "molar-mass", "plausible-low",
       "plausible-high", "usual-low", "usual-high", "digits", "lab", "note"},
      {"codes", "prefix", "name", "convert", "ratio"});
  into.id = reading.required(at, "id");
  into.label = reading.required(at, "label");
  into.kind = static_cast<Kind>(reading.choice(at, "kind", fhir::kind_names));
  into.local_forms = reading.yes(at, "local-forms");
  into.unit = reading.optional(at, "unit");
  into.molar_mass = reading.number(at, "molar-mass");
  into.plausible_low = reading.number(at, "plausible-low");
  into.plausible_high = reading.number(at, "plausible-high");
  into.usual_low = reading.number(at, "usual-low");
  into.usual_high = reading.number(at, "usual-high");
  into.digits = reading.whole(at, "digits", 1);
  into.lab = reading.yes(at, "lab");
  if (!into.unit.empty() && !is_unit(into.unit)) {
    reading.fault(at, fmt::format("'{}' is not a UCUM unit", into.unit));
  }
  for (const Element& child : at.children()) {
    if (child.name() != "convert") continue;
    reading.expect(child, {"from", "factor", "offset"}, {});
    into.conversions.push_back({reading.required(child, "from"),
                                reading.number(child, "factor").value_or(1),
                                reading.number(child, "offset").value_or(0)});
  }
}

void read_ratio(const Element& at, ConceptId id, Reading& reading) {
  const auto child = at.child("ratio");
  if (!child) return;
  reading.expect(*child, {"of", "to", "factor"}, {});
  const auto of = concept_reference(*child, "of", {Kind::observation}, reading);
  const auto to = concept_reference(*child, "to", {Kind::observation}, reading);
  if (!of || !to) return;
  const double factor = reading.number(*child, "factor").value_or(1);
  reading.pack.concepts[id].ratio = Concept::Ratio{*of, *to, factor};
}

void read_codes(const Element& at, ConceptId id, Reading& reading) {
  auto& vocabulary = reading.pack.vocabulary;
  Concept& into = reading.pack.concepts[id];
  fhir::Vocabulary::Meaning meaning{id, into.kind};
  for (const Element& child : at.children()) {
    if (child.name() == "name") {
      reading.expect(child, {}, {});
      vocabulary.add_name(child.text(), {id, meaning.kind});
      into.names.emplace_back(child.text());
    } else if (child.name() == "codes" || child.name() == "prefix") {
      reading.expect(child, {"system", "route", "side"}, {});
      meaning.route = route_of(child, "route", reading);
      meaning.side = static_cast<fhir::Condition::Side>(
          reading.choice(child, "side", {"unstated", "left", "right", "both"}));
      const auto system = system_of(child, reading);
      if (!system) continue;
      const bool prefix = child.name() == "prefix";
      const std::string& uri = reading.system_uris[reading.required(child, "system")];
      for (const auto code : words(child.text())) {
        prefix ? vocabulary.add_prefix(*system, code, meaning)
               : vocabulary.add_code(*system, code, meaning);
        into.codes.push_back({uri, std::string(code), prefix, meaning.route, meaning.side});
      }
    }
  }
}

bool Concept::counts(ConceptId other) const {
  return std::binary_search(narrower.begin(), narrower.end(), other);
}
}  // namespace legwork::causes
