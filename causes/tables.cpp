#include "causes/tables.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace legwork::causes {
namespace {
LabSeries::Flag flag_of(const UsableResult& result) {
  if (!result.limits) return LabSeries::Flag::none;
  const auto outside = [&](Bound::Relation relation, std::optional<double> limit) {
    return limit && holds({relation, *limit}, result.value) == Truth::yes;
  };
  if (outside(Bound::Relation::below, result.limits->low)) return LabSeries::Flag::low;
  if (outside(Bound::Relation::above, result.limits->high)) return LabSeries::Flag::high;
  return LabSeries::Flag::none;
}

double plotted(const Interval& value) {
  if (std::isinf(value.low)) return value.high;
  if (std::isinf(value.high)) return value.low;
  return (value.low + value.high) / 2;
}

/// "18 ug/L" without its unit.
std::string bare(const std::string& printed) { return printed.substr(0, printed.find("\u00a0")); }

/// The class of drugs that settles a cause, if the ingredient is of it.
std::optional<ConceptId> class_asked(const std::optional<Criterion>& decides, ConceptId ingredient,
                                     const Pack& pack) {
  const auto* query = decides ? std::get_if<MedicationQuery>(&decides->node) : nullptr;
  if (query == nullptr || !pack.concepts[query->id].counts(ingredient)) return {};
  return query->id;
}

/// What a drug is called beside its name: the class that the first of its causes asks for; else the
/// smallest class that it is in.
std::string class_of(ConceptId ingredient, const Pack& pack) {
  for (const Cause& cause : pack.causes)
    if (const auto found = class_asked(cause.decides, ingredient, pack))
      return pack.concepts[*found].label;
  const Concept* smallest = nullptr;
  for (const Concept& candidate : pack.concepts) {
    const bool is_class = candidate.kind == fhir::Kind::medication &&
                          candidate.narrower.size() > 1 && candidate.counts(ingredient);
    if (!is_class) continue;
    if (smallest == nullptr || candidate.narrower.size() < smallest->narrower.size())
      smallest = &candidate;
  }
  return smallest == nullptr ? std::string() : smallest->label;
}

bool cites(const CauseFinding& cause, const DrugCourse& course) {
  return std::any_of(cause.evidence.begin(), cause.evidence.end(), [&](const Evidence& evidence) {
    return std::any_of(course.entries.begin(), course.entries.end(),
                       [&](const auto* entry) { return entry->reference == evidence.reference; });
  });
}
}  // namespace

std::vector<LabSeries> lab_series(const Facts& facts) {
  std::vector<LabSeries> found;
  for (std::size_t id = 0; id < facts.pack.concepts.size(); ++id) {
    const Concept& about = facts.pack.concepts[id];
    if (!about.lab) continue;
    LabSeries series{about.id, about.label, about.unit, {}, {}, {}, LabSeries::Flag::none, false};
    const auto& results = facts.results.of(static_cast<ConceptId>(id));
    for (const UsableResult& result : results) {
      if (result.present) continue;
      series.points.push_back(
          {result.source->reference, result.date, plotted(result.value), bare(result.printed)});
    }
    if (series.points.empty()) continue;
    const UsableResult& last = results.back();
    if (last.limits) {
      series.limit_low = last.limits->low;
      series.limit_high = last.limits->high;
    }
    series.flag = flag_of(last);
    series.stale = last.date.last < before(facts.as_of, facts.pack.results_stale);
    found.push_back(std::move(series));
  }
  return found;
}

std::vector<std::string> labs_not_on_file(const Facts& facts,
                                          const std::vector<WorkupItem>& workup) {
  std::vector<std::string> found;
  for (const WorkupItem& item : workup) {
    if (item.status != WorkupStatus::recommended) continue;
    const auto test = std::find_if(facts.pack.tests.begin(), facts.pack.tests.end(),
                                   [&](const Test& candidate) { return candidate.id == item.id; });
    for (const ConceptId id : test->measures) {
      const Concept& about = facts.pack.concepts[id];
      if (about.lab && facts.results.latest(about).empty()) found.push_back(about.label);
    }
  }
  return found;
}

std::vector<MedicationLine> medication_lines(const Facts& facts,
                                             const std::vector<CauseFinding>& causes) {
  std::vector<MedicationLine> lines;
  for (const DrugCourse& course : facts.drugs) {
    if (course.systemic == Truth::no) continue;
    MedicationLine line;
    line.name = facts.pack.concepts[course.ingredient].label;
    line.drug_class = class_of(course.ingredient, facts.pack);
    line.start = course.start;
    line.in_use = course.taking != Truth::no;
    if (!line.in_use) line.end = course.stopped;
    for (const auto* entry : course.entries) {
      line.references.push_back(entry->reference);
      if (!entry->dose.empty()) line.dose = entry->dose;
    }
    for (const CauseFinding& cause : causes) {
      if (cites(cause, course)) line.causes.push_back(cause.id);
    }
    lines.push_back(std::move(line));
  }
  std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
    const auto start = [](const MedicationLine& line) {
      return line.start ? line.start->first : Day::min();
    };
    return std::tuple(!a.in_use, start(b)) < std::tuple(!b.in_use, start(a));
  });
  return lines;
}
}  // namespace legwork::causes
