#include "causes/pack_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace legwork::causes {
namespace {
using fhir::Kind;
using Read = std::optional<Criterion> (*)(const Element&, Reading&);

constexpr std::initializer_list<std::string_view> no_children = {};

std::optional<Criterion> read_criterion(const Element& at, Reading& reading);

std::vector<Criterion> read_children(const Element& at, Reading& reading) {
  std::vector<Criterion> found;
  for (const Element& child : at.children()) {
    if (!is_criterion(child.name())) {
      reading.fault(child, fmt::format("<{}> is not a criterion", child.name()));
    } else if (auto criterion = read_criterion(child, reading)) {
      found.push_back(std::move(*criterion));
    }
  }
  return found;
}

std::optional<Criterion> read_all(const Element& at, Reading& reading) {
  reading.expect(at, {}, {"*criterion*"});
  return Criterion{All{read_children(at, reading)}, {}};
}

std::optional<Criterion> read_any(const Element& at, Reading& reading) {
  reading.expect(at, {}, {"*criterion*"});
  return Criterion{Any{read_children(at, reading)}, {}};
}

/// <not> and <recorded>.
template <class Node>
std::optional<Criterion> read_one(const Element& at, Reading& reading) {
  reading.expect(at, {}, {"*criterion*"});
  auto children = read_children(at, reading);
  if (children.size() == 1) return Criterion{Node{std::move(children)}, {}};
  reading.fault(at, fmt::format("<{}> takes exactly one criterion; wrap several in <all> or <any>",
                                at.name()));
  return {};
}

std::optional<Criterion> read_at_least(const Element& at, Reading& reading) {
  reading.expect(at, {"n"}, {"*criterion*"});
  AtLeast node{reading.whole(at, "n", 0), read_children(at, reading)};
  if (node.n < 1 || node.n > std::ssize(node.of)) {
    reading.fault(at,
                  fmt::format("n must be 1 to {}, the number of criteria in it", node.of.size()));
    return {};
  }
  return Criterion{std::move(node), {}};
}

std::optional<Criterion> read_sequence(const Element& at, Reading& reading) {
  reading.expect(at, {}, {"*criterion*"});
  return Criterion{Sequence{read_children(at, reading)}, {}};
}

std::optional<Criterion> read_use(const Element& at, Reading& reading) {
  reading.expect(at, {"criterion"}, no_children);
  const auto index = reading.reference(at, "criterion", IdKind::criterion);
  if (!index) return {};
  return Criterion{Use{*index}, {}};
}

std::vector<std::string> read_asks(const Element& at, Reading& reading) {
  auto asks = reading.ids(at, "ask", IdKind::question);
  const auto tests = reading.ids(at, "test", IdKind::test);
  asks.insert(asks.end(), tests.begin(), tests.end());
  return asks;
}

std::optional<Criterion> read_medication(const Element& at, Reading& reading) {
  reading.expect(at, {"concept", "use", "start", "route", "within", "ask", "test"}, no_children);
  const auto id = concept_reference(at, "concept", {Kind::medication}, reading);
  MedicationQuery node;
  node.state =
      static_cast<MedicationQuery::State>(reading.choice(at, "use", {"taking", "stopped", "ever"}));
  node.start = static_cast<MedicationQuery::Start>(
      reading.choice(at, "start", {"any", "before-onset", "after-onset"}));
  node.local_counts = reading.choice(at, "route", {"systemic", "any"}) == 1;
  node.within = reading.period(at, "within");
  if (node.start == MedicationQuery::Start::before_onset && !node.within) {
    reading.fault(at, "start=\"before-onset\" needs within=\"P6M\" or the like");
  }
  if (!id) return {};
  node.id = *id;
  return Criterion{node, read_asks(at, reading)};
}

std::optional<Criterion> read_challenge(const Element& at, Reading& reading) {
  reading.expect(at, {"concept", "effects", "step", "within"}, no_children);
  const auto id = concept_reference(at, "concept", {Kind::medication}, reading);
  ChallengeQuery node;
  node.effects = reading.references(at, "effects", IdKind::concept_);
  node.step =
      static_cast<ChallengeQuery::Step>(reading.choice(at, "step", {"dechallenge", "rechallenge"}));
  const auto within = reading.period(at, "within");
  if (!within) reading.fault(at, "<challenge> needs within=\"P60D\" or the like");
  for (const ConceptId effect : node.effects) {
    const Concept& found = reading.pack.concepts[effect];
    if (found.kind != Kind::condition)
      reading.fault(at, fmt::format("'{}' is no condition, and only those come and go", found.id));
  }
  if (!id || !within) return {};
  node.id = *id;
  node.within = *within;
  return Criterion{std::move(node), {}};
}

/// The bounds among an element's attributes; `suffix` is "-upper" or "-lower" for multiples.
void read_bounds(const Element& at, std::string_view suffix, std::vector<Bound>& bounds,
                 Reading& reading) {
  constexpr std::array relations = {
      std::pair{"below", Bound::Relation::below}, std::pair{"at-most", Bound::Relation::at_most},
      std::pair{"above", Bound::Relation::above}, std::pair{"at-least", Bound::Relation::at_least}};
  for (const auto& [name, relation] : relations) {
    if (const auto value = reading.number(at, fmt::format("{}{}", name, suffix))) {
      bounds.push_back({relation, *value});
    }
  }
}

/// Tests that measure a concept: what to do when a criterion on it is unknown.
std::vector<std::string> measured_by(ConceptId id, const Pack& pack) {
  std::vector<std::string> found;
  for (const Test& test : pack.tests) {
    const bool measures =
        std::any_of(test.measures.begin(), test.measures.end(), [&](ConceptId measured) {
          return pack.concepts[measured].counts(id) || pack.concepts[id].counts(measured);
        });
    if (measures) found.push_back(test.id);
  }
  return found;
}

std::optional<AgeLimit> read_age_limit(const Element& at, const ObservationQuery& node,
                                       Reading& reading) {
  const auto per_year = reading.number(at, "per-year");
  if (!per_year) return {};
  if (node.bounds.size() != 1 || node.scale != ObservationQuery::Scale::unit ||
      !at.attribute("over-age")) {
    reading.fault(at, "per-year needs over-age and one bound, which holds up to that age");
  }
  return AgeLimit{*per_year, reading.whole(at, "over-age", 0)};
}

std::optional<Criterion> read_observation(const Element& at, Reading& reading) {
  reading.expect(at,
                 {"concept",
                  "below",
                  "at-most",
                  "above",
                  "at-least",
                  "below-upper",
                  "at-most-upper",
                  "above-upper",
                  "at-least-upper",
                  "below-lower",
                  "at-most-lower",
                  "above-lower",
                  "at-least-lower",
                  "per-year",
                  "over-age",
                  "unit",
                  "is",
                  "within",
                  "sustained",
                  "ask",
                  "test"},
                 no_children);
  const auto id = concept_reference(at, "concept", {Kind::observation}, reading);
  ObservationQuery node;
  read_bounds(at, "", node.bounds, reading);
  for (const auto& [suffix, scale] : {std::pair{"-upper", ObservationQuery::Scale::upper_limit},
                                      std::pair{"-lower", ObservationQuery::Scale::lower_limit}}) {
    const auto before = node.bounds.size();
    read_bounds(at, suffix, node.bounds, reading);
    if (node.bounds.size() == before) continue;
    if (before > 0) reading.fault(at, "bounds in different scales; use <all> with one each");
    node.scale = scale;
  }
  node.age_limit = read_age_limit(at, node, reading);
  if (at.attribute("is")) node.present = reading.choice(at, "is", {"absent", "present"}) == 1;
  node.within = reading.period(at, "within");
  node.sustained = reading.period(at, "sustained");
  if (!id) return {};
  node.id = *id;
  if (node.scale == ObservationQuery::Scale::unit && !node.bounds.empty() &&
      reading.pack.concepts[*id].unit.empty()) {
    reading.fault(at, fmt::format("'{}' has no unit, so it cannot have a threshold; give the "
                                  "concept a unit",
                                  reading.pack.concepts[*id].id));
  }
  const auto unit = at.attribute("unit");
  if (unit && *unit != reading.pack.concepts[*id].unit) {
    reading.fault(
        at, fmt::format("the threshold is in {} and '{}' in {}; write it in the "
                        "concept's unit",
                        *unit, reading.pack.concepts[*id].id, reading.pack.concepts[*id].unit));
  }
  auto asks = read_asks(at, reading);
  if (asks.empty()) asks = measured_by(*id, reading.pack);
  return Criterion{std::move(node), std::move(asks)};
}

std::optional<Criterion> read_condition(const Element& at, Reading& reading) {
  reading.expect(at,
                 {"concept", "status", "certainty", "side", "within", "sustained", "ask", "test"},
                 no_children);
  const auto id = concept_reference(at, "concept", {Kind::condition}, reading);
  ConditionQuery node;
  const auto status = reading.choice(at, "status", {"active", "any", "resolved"});
  node.resolved_counts = status != 0;
  node.past_only = status == 2;
  node.suspected_counts = reading.choice(at, "certainty", {"confirmed", "suspected"}) == 1;
  node.one_side = reading.choice(at, "side", {"any", "one"}) == 1;
  node.within = reading.period(at, "within");
  node.sustained = reading.period(at, "sustained");
  if (!id) return {};
  node.id = *id;
  return Criterion{node, read_asks(at, reading)};
}

std::optional<Criterion> read_procedure(const Element& at, Reading& reading) {
  reading.expect(at, {"concept", "within", "ask", "test"}, no_children);
  const auto id = concept_reference(at, "concept", {Kind::procedure}, reading);
  if (!id) return {};
  auto asks = read_asks(at, reading);
  if (asks.empty()) asks = measured_by(*id, reading.pack);
  return Criterion{ProcedureQuery{*id, reading.period(at, "within")}, std::move(asks)};
}

std::optional<Criterion> read_answer(const Element& at, Reading& reading) {
  reading.expect(at, {"question", "is"}, no_children);
  const auto index = reading.reference(at, "question", IdKind::question);
  if (!index) return {};
  const bool is = reading.choice(at, "is", {"yes", "no"}) == 0;
  return Criterion{AnswerQuery{*index, is}, {reading.pack.questions[*index].id}};
}

std::optional<Criterion> read_age(const Element& at, Reading& reading) {
  reading.expect(at, {"below", "at-least"}, no_children);
  std::vector<Bound> bounds;
  read_bounds(at, "", bounds, reading);
  if (bounds.size() == 1) return Criterion{AgeQuery{bounds[0]}, {}};
  reading.fault(at, "<age> takes one of below, at-least");
  return {};
}

std::optional<Criterion> read_sex(const Element& at, Reading& reading) {
  reading.expect(at, {"is"}, no_children);
  const auto sex = reading.choice(at, "is", {"female", "male"});
  return Criterion{SexQuery{sex == 0 ? "female" : "male"}, {}};
}

std::optional<Criterion> read_deceased(const Element& at, Reading& reading) {
  reading.expect(at, {}, no_children);
  return Criterion{DeceasedQuery{}, {}};
}

std::vector<std::uint8_t> read_statuses(const Element& at,
                                        std::initializer_list<std::string_view> names,
                                        Reading& reading) {
  std::vector<std::uint8_t> statuses;
  for (const auto& word : reading.list(at, "status")) {
    const auto found = std::find(names.begin(), names.end(), word);
    if (found == names.end()) {
      reading.fault(at, fmt::format("there is no status '{}'", word));
    } else {
      statuses.push_back(static_cast<std::uint8_t>(found - names.begin()));
    }
  }
  return statuses;
}

std::optional<Criterion> read_cause_query(const Element& at, Reading& reading) {
  reading.expect(at, {"id", "status"}, no_children);
  const auto index = reading.reference(at, "id", IdKind::cause);
  if (!index) return {};
  return Criterion{
      CauseQuery{*index,
                 read_statuses(at, {"supported", "possible", "undetermined", "unlikely"}, reading)},
      {}};
}

std::optional<Criterion> read_red_flag_query(const Element& at, Reading& reading) {
  reading.expect(at, {"id", "status"}, no_children);
  const auto index = reading.reference(at, "id", IdKind::red_flag);
  if (!index) return {};
  return Criterion{
      RedFlagQuery{*index,
                   read_statuses(at, {"present", "possible", "not-recorded", "absent"}, reading)},
      {}};
}

std::optional<Criterion> read_score_query(const Element& at, Reading& reading) {
  reading.expect(at, {"id", "at-least"}, no_children);
  const auto index = reading.reference(at, "id", IdKind::score);
  if (!index) return {};
  return Criterion{ScoreQuery{*index, reading.whole(at, "at-least", 0)}, {}};
}

constexpr std::array<std::pair<std::string_view, Read>, 19> readers = {{
    {"all", read_all},
    {"any", read_any},
    {"not", read_one<Not>},
    {"recorded", read_one<Recorded>},
    {"at-least", read_at_least},
    {"sequence", read_sequence},
    {"use", read_use},
    {"medication", read_medication},
    {"challenge", read_challenge},
    {"observation", read_observation},
    {"condition", read_condition},
    {"procedure", read_procedure},
    {"answer", read_answer},
    {"age", read_age},
    {"sex", read_sex},
    {"deceased", read_deceased},
    {"cause", read_cause_query},
    {"red-flag", read_red_flag_query},
    {"score", read_score_query},
}};

Read reader_of(std::string_view name) {
  const auto found = std::find_if(readers.begin(), readers.end(),
                                  [&](const auto& reader) { return reader.first == name; });
  return found == readers.end() ? nullptr : found->second;
}

std::optional<Criterion> read_criterion(const Element& at, Reading& reading) {
  return reader_of(at.name())(at, reading);
}
}  // namespace

bool is_criterion(std::string_view element_name) { return reader_of(element_name) != nullptr; }

std::optional<Criterion> read_criterion_in(const Element& at, Reading& reading) {
  std::vector<Element> found;
  for (const Element& child : at.children()) {
    if (is_criterion(child.name())) found.push_back(child);
  }
  if (found.size() == 1) return read_criterion(found[0], reading);
  reading.fault(at, fmt::format("<{}> holds {} criteria and must hold one; wrap several in <all> "
                                "or <any>",
                                at.name(), found.size()));
  return {};
}
}  // namespace legwork::causes
