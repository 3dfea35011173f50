#include "tests/causes/generated_charts.hpp"

#include "tests/causes/naive.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace legwork::tests {
namespace {
using namespace causes;
using fhir::Condition;
using fhir::Kind;
using fhir::Measurement;
using fhir::Medication;
using fhir::Quantity;

/// Collects what the criteria of a pack ask.
struct Gathering {
  Material& into;

  void gather(const Criterion& criterion) {
    std::visit([&](const auto& node) { look_at(node, criterion); }, criterion.node);
  }
  void gather(const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) gather(rule.criterion);
  }

 private:
  template <class Node>
  void look_at(const Node& node, const Criterion& criterion) {
    if constexpr (requires { node.of; }) {
      for (const Criterion& child : node.of) gather(child);
    } else if constexpr (!std::is_same_v<Node, Use> && !std::is_same_v<Node, CauseQuery> &&
                         !std::is_same_v<Node, RedFlagQuery> && !std::is_same_v<Node, ScoreQuery> &&
                         !std::is_same_v<Node, ChallengeQuery>) {
      into.leaves.push_back(criterion);
      if constexpr (requires { node.within; }) {
        if (node.within) into.periods.push_back(*node.within);
      }
      if constexpr (requires { node.id; }) into.asked.push_back(node.id);
      if constexpr (std::is_same_v<Node, ObservationQuery>) {
        if (node.scale != ObservationQuery::Scale::unit) return;
        for (const Bound& bound : node.bounds) into.thresholds[node.id].push_back(bound.value);
      }
    }
  }
};

std::vector<std::string> units_of(fhir::ConceptId id, const Pack& pack) {
  const Concept& analyte = pack.concepts[id];
  std::vector<std::string> candidates{
      "g/L",    "mg/L",   "ug/L",   "ng/L",    "ng/mL",   "ug/dL",   "mg/dL", "g/dL",
      "mmol/L", "umol/L", "nmol/L", "pmol/L",  "10*3/uL", "10*9/L",  "%",     "U/L",
      "ukat/L", "mg/g",   "[IU]/L", "m[IU]/L", "k[IU]/L", "u[IU]/mL"};
  for (const auto& conversion : analyte.conversions) candidates.push_back(conversion.from);
  for (const UnitRepair& repair : pack.unit_repairs) candidates.push_back(repair.from);
  std::erase_if(candidates, [&](const std::string& unit) {
    return unit.empty() || unit == analyte.unit || !naive_in_pack_unit(id, 1, unit, pack);
  });
  if (!analyte.unit.empty()) candidates.insert(candidates.begin(), analyte.unit);
  return candidates;
}

/// The chart under construction, and what it is made with.
struct Making {
  const Material& material;
  Random random;
  GeneratedCase made;
  int partial_medication_dates = 0;  ///< few: the naive evaluator tries all of their days

  const Pack& pack() const { return material.pack; }

  std::string reference(const char* type) {
    return std::string(type) + "/r" + std::to_string(random.below(100000));
  }

  /// A day before (now and then after) another: at and beside the limits of the pack, or anywhere.
  Day day_near(Day middle) {
    const std::chrono::days beside{random.between(-1, 1)};
    switch (random.below(6)) {
      case 0:
        return middle + beside;
      case 1:
        return after(middle, random.pick(material.periods)) + beside;
      case 2:
      case 3:
        return before(middle, random.pick(material.periods)) + beside;
      default:
        return middle - std::chrono::days{random.between(-20, 1100)};
    }
  }

  /// A date as charts have it: of the day, the month or the year.
  DateSpan as_written(Day day) {
    const std::string text = iso(day);
    const std::size_t length = random.one_in(12) ? 4 : random.one_in(6) ? 7 : 10;
    return *parse_date(std::string_view(text).substr(0, length));
  }

  std::optional<DateSpan> date() {
    if (random.one_in(15)) return {};
    return as_written(day_near(made.as_of));
  }

  /// A drug's dates: also beside the onset, and beside those of its other entries.
  std::optional<DateSpan> medication_date() {
    if (random.one_in(10)) return {};
    Day middle = made.onset && random.one_in(2) ? made.onset->first : made.as_of;
    if (!made.chart.medications.empty() && random.one_in(3)) {
      const Medication& other = random.pick(made.chart.medications);
      const auto& beside = other.end ? other.end : other.start;
      if (beside) middle = beside->last + std::chrono::days{random.between(-2, 40)};
    }
    const Day day = random.one_in(4) ? middle : day_near(middle);
    const int allowed = made.onset && !made.onset->exact() ? 1 : 2;
    if (partial_medication_dates >= allowed) return DateSpan::on(day);
    const DateSpan written = as_written(day);
    if (!written.exact()) ++partial_medication_dates;
    return written;
  }

  /// A concept that the pack asks about, or something below it.
  std::optional<fhir::ConceptId> concept_of(Kind kind) {
    for (int attempt = 0; attempt < 50; ++attempt) {
      const Concept& asked = pack().concepts[random.pick(material.asked)];
      if (asked.kind == kind) return random.pick(asked.narrower);
    }
    return {};
  }

  void add_medication(fhir::ConceptId drug) {
    using enum Medication::Use;
    Medication entry;
    entry.reference = reference("MedicationRequest");
    entry.ingredients.push_back(drug);
    if (random.one_in(8)) {
      const auto second = concept_of(Kind::medication);
      if (second && *second != drug) entry.ingredients.push_back(*second);
      std::sort(entry.ingredients.begin(), entry.ingredients.end());
    }
    entry.source = Medication::Source(random.below(4));
    entry.use = random.one_in(2) ? taking : Medication::Use(random.below(6));
    entry.route =
        random.one_in(2) ? Medication::Route::systemic : Medication::Route(random.below(3));
    entry.start = medication_date();
    if (random.one_in(3)) entry.end = medication_date();
    if (entry.start && entry.end && entry.end->first < entry.start->first) {
      std::swap(entry.start, entry.end);
    }
    if (random.one_in(2)) entry.strength_mg = 5 * random.between(1, 3);
    made.chart.medications.push_back(std::move(entry));
  }

  void add_medications() {
    fhir::Chart& chart = made.chart;
    if (random.one_in(8)) return;  // no list
    const int drugs = random.between(0, 3);
    for (int i = 0; i < drugs; ++i) {
      const auto drug = concept_of(Kind::medication);
      if (!drug) break;
      for (int entries = random.between(1, 3); entries > 0; --entries) add_medication(*drug);
    }
    if (random.one_in(10)) chart.unidentified_medications.push_back("MedicationRequest/unknown");
    chart.medication_entries =
        chart.medications.size() + chart.unidentified_medications.size() + random.below(3);
  }

  /// What `value` in the concept's unit is in another; both ways must be known.
  double sent_in(double value, fhir::ConceptId id, const std::string& unit) {
    const double zero = *naive_in_pack_unit(id, 0, unit, pack());
    const double one = *naive_in_pack_unit(id, 1, unit, pack());
    return (value - zero) / (one - zero);
  }

  Quantity quantity_of(fhir::ConceptId id) {
    const auto& limits = material.thresholds[id];
    const auto& units = material.units[id];
    double value = limits.empty() ? 100 * random.fraction() : random.pick(limits);
    switch (random.below(8)) {
      case 0:
        value *= 0.999;
        break;
      case 1:
        value *= 1.001;
        break;
      case 2:
        value *= 3 * random.fraction();
        break;
      case 3:
        value *= random.one_in(2) ? 1000 : -1;
        break;
      default:
        break;
    }
    Quantity quantity;
    quantity.value = value;
    if (random.one_in(12)) {
      quantity.unit = random.pick(std::vector<std::string>{"", "foo", "kg", "m/s", "mg/L/", "1"});
    } else if (!units.empty()) {
      quantity.unit = random.one_in(2) ? units.front() : random.pick(units);
      // At a limit only in the pack's own unit: elsewhere the last bit would decide.
      if (quantity.unit != units.front()) value *= random.one_in(2) ? 0.9995 : 1.0005;
      quantity.value = sent_in(value, id, quantity.unit);
      if (random.one_in(6)) quantity.unit.insert(quantity.unit.size() / 2, " ");
    }
    quantity.ucum = random.one_in(2);
    if (random.one_in(3)) quantity.comparator = Quantity::Comparator(random.below(5));
    if (random.one_in(12)) {
      quantity.comparator = Quantity::Comparator::equal;
      quantity.high = quantity.value * 1.1;
    }
    return quantity;
  }

  void add_measurement(fhir::ConceptId id) {
    Measurement measured;
    measured.reference = reference("Observation");
    measured.id = id;
    measured.date = date();
    const auto& all = made.chart.measurements;
    if (!all.empty() && random.one_in(4)) measured.date = random.pick(all).date;
    const bool numeric = !pack().concepts[id].unit.empty();
    const std::size_t form = random.below(20);
    if (form == 0) {
      measured.value = Measurement::Absent{"unknown"};
    } else if (form == 1) {
      measured.value = std::string("see comment");
    } else if (numeric != (form == 2)) {
      measured.value = quantity_of(id);
    } else {
      measured.value = random.one_in(2);
    }
    const Quantity* sent = std::get_if<Quantity>(&measured.value);
    if (sent && random.one_in(2)) {
      const double multiple = random.pick(std::vector<double>{0.5, 1, 1, 2, 4, 10, 10});
      const double limit = std::abs(sent->value) / multiple * (random.one_in(2) ? 1 : 1.001);
      measured.limits.emplace();
      if (!random.one_in(4)) measured.limits->low = limit;
      if (!random.one_in(4)) measured.limits->high = limit;
    }
    measured.preliminary = random.one_in(10);
    made.chart.measurements.push_back(std::move(measured));
  }

  void add_measurements() {
    for (int left = random.between(0, 5); left > 0; --left) {
      const auto id = concept_of(Kind::observation);
      if (!id) return;
      for (int values = random.between(1, 3); values > 0; --values) add_measurement(*id);
    }
  }

  void add_condition(fhir::ConceptId id) {
    Condition condition;
    condition.reference = reference("Condition");
    condition.id = id;
    if (!random.one_in(2)) condition.origin = Condition::Origin(random.below(4));
    condition.clinical =
        random.one_in(2) ? Condition::Clinical::active : Condition::Clinical(random.below(3));
    if (random.one_in(3)) condition.certainty = Condition::Certainty(random.below(3));
    condition.side = Condition::Side(random.below(4));
    if (random.one_in(2)) condition.onset = date();
    if (!random.one_in(3)) condition.recorded = date();
    if (random.one_in(8)) condition.abatement = date();
    made.chart.conditions.push_back(std::move(condition));
  }

  void add_conditions() {
    for (int left = random.between(0, 6); left > 0; --left) {
      const auto id = concept_of(Kind::condition);
      if (!id) return;
      for (int entries = random.one_in(4) ? 2 : 1; entries > 0; --entries) add_condition(*id);
    }
    const auto& complaints = pack().complaint.onset_concepts;
    if (!complaints.empty() && random.one_in(3)) add_condition(random.pick(complaints));
  }

  void add_procedures() {
    for (int left = random.between(0, 2); left > 0; --left) {
      const auto id = concept_of(Kind::procedure);
      if (!id) return;
      made.chart.procedures.push_back(
          {reference("Procedure"), *id, fhir::MatchedBy::code, "", date(), ""});
    }
  }

  void add_answers() {
    const std::size_t often = 1 + random.below(4);
    for (const Question& question : pack().questions) {
      if (!random.one_in(often)) continue;
      for (int times = random.one_in(5) ? 2 : 1; times > 0; --times) {
        fhir::Answer answer{reference("QuestionnaireResponse"), question.id, random.one_in(2), {}};
        answer.date = random.one_in(3) ? DateSpan::on(made.as_of) : date();
        const bool contradicts = !made.chart.answers.empty() && random.one_in(3);
        if (contradicts) answer.date = made.chart.answers.back().date;
        if (question.type == "date") answer.value = as_written(day_near(made.as_of));
        if (random.one_in(20)) answer.value = std::string("perhaps");
        made.chart.answers.push_back(std::move(answer));
      }
    }
  }

  void add_patient() {
    fhir::Patient& patient = made.chart.patient;
    patient.reference = "Patient/p1";
    patient.sex = random.pick(
        std::vector<std::string>{"female", "female", "male", "male", "other", "unknown", ""});
    if (!random.one_in(6)) {
      const int years = random.pick(std::vector<int>{17, 18, 30, 49, 50, 60, 65, 74, 75, 90});
      patient.birth = as_written(before(made.as_of, {12 * years, 0}) +
                                 std::chrono::days{random.between(-1, 1)});
    }
    patient.deceased = random.one_in(25);
  }

  void make() {
    made.as_of = parse_date("2026-11-22")->first - std::chrono::days{random.between(0, 400)};
    if (random.one_in(2)) {
      const Day day = made.as_of - std::chrono::days{random.between(0, 300)};
      made.onset = random.one_in(5) ? as_written(day) : DateSpan::on(day);
    }
    add_patient();
    add_medications();
    add_measurements();
    add_conditions();
    add_procedures();
    add_answers();
  }
};
}  // namespace

std::uint64_t Random::next() {
  std::uint64_t mixed = (state_ += 0x9e3779b97f4a7c15ULL);
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
  return mixed ^ (mixed >> 31);
}

Material::Material(const Pack& of)
    : pack(of), thresholds(of.concepts.size()), units(of.concepts.size()) {
  periods = {pack.answers_valid, pack.findings_valid, pack.medication_cover};
  Gathering gathering{*this};
  for (const Cause& cause : pack.causes) {
    for (const auto* rules :
         {&cause.strong, &cause.weak, &cause.against, &cause.caps, &cause.rules_out}) {
      gathering.gather(*rules);
    }
    if (cause.decides) gathering.gather(*cause.decides);
  }
  for (const RedFlag& flag : pack.red_flags) {
    for (const auto* rules : {&flag.present, &flag.possible, &flag.absent}) {
      gathering.gather(*rules);
    }
  }
  for (const ScoreRule& score : pack.scores) {
    for (const auto& item : score.items) gathering.gather(item.criterion);
  }
  for (const NamedCriterion& named : pack.criteria) gathering.gather(named.criterion);
  for (std::size_t id = 0; id < pack.concepts.size(); ++id) {
    if (pack.concepts[id].kind != Kind::observation) continue;
    units[id] = units_of(static_cast<fhir::ConceptId>(id), pack);
  }
}

GeneratedCase generated_case(const Material& material, std::uint64_t number) {
  Making making{material, Random(number), {}};
  making.make();
  return std::move(making.made);
}
}  // namespace legwork::tests
