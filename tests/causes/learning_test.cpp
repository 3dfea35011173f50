#include "causes/assess.hpp"
#include "causes/json.hpp"
#include "tests/causes/generated_charts.hpp"
#include "tests/causes/probes.hpp"
#include "tests/causes/test_pack.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <variant>

// Learning a fact is to hear for the first time of something the chart is silent about: the answer
// to a question nobody asked, the first measurement, condition or procedure of a concept, the first
// medication list, the onset, the birth date, the sex. It turns unknown into yes or no, and leaves
// each yes and no as it is.
//
// It is no learning, in this sense, when something is said against what was known or in its place:
// a second answer or result (the latest counts, and two of one day may contradict), a further
// condition of the same kind, one more drug on a list (which said no to what it did not hold).
// <cause> and <red-flag> are left out too: they ask for a status, and "undetermined" is one. So is
// <recorded>, which takes silence for no, and <sequence>, which a new date may put out of order:
// both may turn, and the first never to unknown.

namespace legwork::tests {
namespace {
using namespace causes;

/// Whether some criterion could look at both: one of the two is, or shares a parent with, the
/// other.
bool related(const Pack& pack, fhir::ConceptId a, fhir::ConceptId b) {
  return std::any_of(pack.concepts.begin(), pack.concepts.end(),
                     [&](const Concept& wider) { return wider.counts(a) && wider.counts(b); });
}

/// Moves over what only the other chart mentions.
template <class Fact>
void learn_first(std::vector<Fact>& known, const std::vector<Fact>& other, const Pack& pack) {
  std::vector<Fact> news;
  const auto mentions = [&](const std::vector<Fact>& facts, fhir::ConceptId id) {
    return std::any_of(facts.begin(), facts.end(),
                       [&](const Fact& fact) { return related(pack, fact.id, id); });
  };
  for (const Fact& fact : other) {
    if (!mentions(known, fact.id) && !mentions(news, fact.id)) news.push_back(fact);
  }
  known.insert(known.end(), news.begin(), news.end());
}

void learn_answers(std::vector<fhir::Answer>& known, const std::vector<fhir::Answer>& other) {
  for (const fhir::Answer& answer : other) {
    const bool asked = std::any_of(known.begin(), known.end(), [&](const fhir::Answer& before) {
      return before.question == answer.question;
    });
    // An onset told anew takes the place of the one that the conditions tell.
    if (!asked && !std::holds_alternative<DateSpan>(answer.value)) known.push_back(answer);
  }
}

/// What is known, and beside it what another chart alone knows.
GeneratedCase learnt(GeneratedCase made, const GeneratedCase& other, const Pack& pack) {
  fhir::Chart& chart = made.chart;
  learn_first(chart.measurements, other.chart.measurements, pack);
  learn_first(chart.procedures, other.chart.procedures, pack);
  learn_answers(chart.answers, other.chart.answers);
  // Conditions may tell the onset, which may be known already.
  std::vector<fhir::Condition> conditions = other.chart.conditions;
  std::erase_if(conditions, [&](const fhir::Condition& condition) {
    return std::any_of(
        pack.complaint.onset_concepts.begin(), pack.complaint.onset_concepts.end(),
        [&](fhir::ConceptId onset) { return pack.concepts[onset].counts(condition.id); });
  });
  learn_first(chart.conditions, conditions, pack);
  if (chart.medication_entries == 0) {
    chart.medications = other.chart.medications;
    chart.unidentified_medications = other.chart.unidentified_medications;
    chart.medication_entries = other.chart.medication_entries;
  }
  if (!chart.patient.birth) chart.patient.birth = other.chart.patient.birth;
  if (chart.patient.sex.empty()) chart.patient.sex = other.chart.patient.sex;
  return made;
}

void check_learning(const Pack& pack, std::size_t leaves, std::uint64_t charts) {
  const Material material(pack);
  Random random(11);
  std::vector<Criterion> criteria = varied_leaves(material, leaves, random);
  for (std::size_t i = 0; i < leaves / 3; ++i) {
    criteria.push_back(random_tree(criteria, 3, Logic::kleene, random));
  }
  const Pack probing = with_probes(pack, criteria);
  const auto answers = [&](const GeneratedCase& made) {
    return probed(assess(made.chart, probing, {made.as_of, made.onset}), criteria.size());
  };
  std::size_t held = 0;
  std::size_t turned = 0;
  for (std::uint64_t number = 1; number <= charts; ++number) {
    const GeneratedCase made = generated_case(material, number);
    const GeneratedCase more = learnt(made, generated_case(material, 500'000 + number), pack);
    const auto before = answers(made);
    const auto after = answers(more);
    for (std::size_t i = 0; i < criteria.size(); ++i) {
      held += before[i] != Truth::unknown;
      turned += before[i] == Truth::unknown && after[i] != Truth::unknown;
      if (before[i] == Truth::unknown || before[i] == after[i]) continue;
      FAIL("chart " << number << ", " << told(criteria[i], pack) << "\n"
                    << described(made, pack) << "and learnt:\n"
                    << described(more, pack));
    }
  }
  CHECK(held > charts);    // else the charts were too silent to tell
  CHECK(turned > charts);  // else nothing was learnt
}
}  // namespace

TEST_CASE("learning a fact never turns yes or no back to unknown", "[property]") {
  check_learning(cough(), 60, 400);
}

TEST_CASE("learning a fact about heavy legs never turns yes or no back to unknown", "[property]") {
  check_learning(read(pack_files("packs/heavy-legs")), 60, 60);
}

TEST_CASE("what was found may change as facts are learnt, since it asks for a status",
          "[property]") {
  Pack pack = cough();
  const auto undetermined = static_cast<std::uint8_t>(CauseStatus::undetermined);
  pack = with_probes(pack, {{CauseQuery{0, {undetermined}}, {}}});
  fhir::Chart chart = empty_chart();
  const auto ask = [&] { return probed(assess(chart, pack, {day("2026-11-22"), {}}), 1).front(); };
  CHECK(ask() == Truth::yes);
  chart.medications = {taking("lisinopril", "2026-09-01")};
  chart.medication_entries = 1;
  CHECK(ask() == Truth::no);
}
}  // namespace legwork::tests
