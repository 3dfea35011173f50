#include "causes/assess.hpp"
#include "causes/json.hpp"
#include "causes/units.hpp"
#include "tests/causes/generated_charts.hpp"
#include "tests/causes/naive.hpp"
#include "tests/causes/probes.hpp"
#include "tests/causes/test_pack.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <cmath>
#include <thread>

// What must not matter: the order of entries, the thread, the unit.

namespace legwork::tests {
namespace {
using namespace causes;

void shuffle_entries(fhir::Chart& chart, Random& random) {
  shuffle(chart.medications, random);
  shuffle(chart.measurements, random);
  shuffle(chart.conditions, random);
  shuffle(chart.procedures, random);
  shuffle(chart.answers, random);
  shuffle(chart.unidentified_medications, random);
}

std::string assessed_as_json(const GeneratedCase& made, const Pack& pack) {
  return to_json(assess(made.chart, pack, {made.as_of, made.onset}));
}

/// Where two texts part, with what stands around it.
std::string first_difference(const std::string& one, const std::string& other) {
  const auto at = std::mismatch(one.begin(), one.end(), other.begin(), other.end()).first;
  const auto from = std::size_t(std::max<std::ptrdiff_t>(at - one.begin() - 150, 0));
  return one.substr(from, 300) + "\nor " + other.substr(from, 300);
}

void check_order(const Pack& pack, std::uint64_t charts) {
  const Material material(pack);
  Random random(3);
  int shown = 0;
  for (std::uint64_t number = 1; number <= charts && shown < 3; ++number) {
    GeneratedCase made = generated_case(material, number);
    GeneratedCase shuffled = made;
    shuffle_entries(shuffled.chart, random);
    const std::string first = assessed_as_json(made, pack);
    const std::string second = assessed_as_json(shuffled, pack);
    if (first == second) continue;
    ++shown;
    FAIL_CHECK("chart " << number << ", " << first_difference(first, second) << "\n"
                        << described(made, pack));
  }
  SUCCEED("in any order the same");
}
/// Whether the pack converts a unit by a factor of its own, which UCUM does not know: percent of
/// HbA1c, equivalents of magnesium, D-dimer units.
bool is_of_the_pack(std::string unit, const Concept& analyte) {
  for (char& c : unit) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const bool may_be = unit.find_first_of("%{") != unit.npos || unit.find("eq") != unit.npos;
  return may_be && !analyte.conversions.empty();
}

}  // namespace

TEST_CASE("the order of a chart's entries never shows in what is written", "[property]") {
  check_order(cough(), 500);
  check_order(read(pack_files("packs/heavy-legs")), 100);
}

TEST_CASE("eight threads at once find what one finds", "[property]") {
  const Pack pack = read(pack_files("packs/heavy-legs"));
  const Material material(pack);
  std::vector<GeneratedCase> charts;
  std::vector<std::string> expected;
  for (std::uint64_t number = 1; number <= 10; ++number) {
    charts.push_back(generated_case(material, number));
    expected.push_back(assessed_as_json(charts.back(), pack));
  }
  std::vector<std::vector<std::string>> found(8);
  std::vector<std::thread> threads;
  for (auto& mine : found) {
    threads.emplace_back([&] {
      for (const GeneratedCase& made : charts) mine.push_back(assessed_as_json(made, pack));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& one : found) CHECK(one == expected);
}

TEST_CASE("a value in another unit and back is the same value", "[property]") {
  const Pack pack = read(pack_files("packs/heavy-legs"));
  const Material material(pack);
  Random random(5);
  int tried = 0;
  for (std::size_t id = 0; id < pack.concepts.size(); ++id) {
    const Concept& analyte = pack.concepts[id];
    if (analyte.unit.empty()) continue;
    for (const std::string& unit : material.units[id]) {
      const double value = 1000 * random.fraction() + 0.001;
      const auto there = convert(value, analyte.unit, unit, {analyte.molar_mass});
      if (!there) continue;  // a repair, or the pack's own conversion
      const auto back = convert(*there, unit, analyte.unit, {analyte.molar_mass});
      INFO(analyte.id << " in " << unit);
      REQUIRE(back);
      CHECK(std::abs(*back - value) <= 1e-12 * value);
      ++tried;
    }
  }
  CHECK(tried > 300);
}

// units.hpp: "a value at a threshold stays at it". Magnesium of 700 umol/L is 0.70 mmol/L and no
// more.
TEST_CASE("a result at a limit stays on its side in every unit of a power of ten", "[property]") {
  const Pack pack = read(pack_files("packs/heavy-legs"));
  const Material material(pack);
  std::vector<Criterion> criteria;
  struct Sent {
    std::size_t probe;
    fhir::Quantity value;
  };
  std::vector<Sent> sent;
  for (std::size_t id = 0; id < pack.concepts.size(); ++id) {
    for (const double limit : material.thresholds[id]) {
      const auto concept_id = static_cast<fhir::ConceptId>(id);
      for (const auto relation : {Bound::Relation::at_most, Bound::Relation::at_least}) {
        ObservationQuery query;
        query.id = concept_id;
        query.bounds = {{relation, limit}};
        for (const std::string& unit : material.units[id]) {
          if (is_of_the_pack(unit, pack.concepts[id])) continue;
          const auto there = convert(limit, pack.concepts[id].unit, unit);
          const auto one = convert(1, pack.concepts[id].unit, unit);
          if (!there || *one <= 0) continue;
          const double power = std::log10(*one);
          if (std::abs(power - std::round(power)) > 1e-9) continue;
          sent.push_back({criteria.size(), {*there, {}, {}, unit, true}});
        }
        criteria.push_back({query, {}});
      }
    }
  }
  const Pack probing = with_probes(pack, criteria);
  REQUIRE(sent.size() > 100);
  // One unit of each concept at a time: a chart has one latest value.
  std::vector<Sent> left = sent;
  while (!left.empty()) {
    fhir::Chart chart = empty_chart();
    std::vector<Sent> now;
    std::vector<Sent> later;
    for (const Sent& one : left) {
      const auto id = std::get<ObservationQuery>(criteria[one.probe].node).id;
      const bool taken = std::any_of(chart.measurements.begin(), chart.measurements.end(),
                                     [&](const auto& other) { return other.id == id; });
      if (taken) {
        later.push_back(one);
        continue;
      }
      fhir::Measurement measured;
      measured.reference = "Observation/o1";
      measured.id = id;
      measured.date = span("2026-11-20");
      measured.value = one.value;
      chart.measurements.push_back(measured);
      now.push_back(one);
    }
    const auto answers = probed(assess(chart, probing, {day("2026-11-22"), {}}), criteria.size());
    for (const Sent& one : now) {
      INFO(told(criteria[one.probe], pack) << " at " << one.value.value << " " << one.value.unit);
      CHECK(answers[one.probe] == Truth::yes);
    }
    left = std::move(later);
  }
}

TEST_CASE("the complaint's status alone is that of the assessment", "[invariance]") {
  const Pack pack = read(pack_files("packs/heavy-legs"));
  const Material material(pack);
  int recorded = 0;
  constexpr int charts = 300;
  for (int number = 0; number < charts; ++number) {
    const GeneratedCase made = generated_case(material, static_cast<std::uint64_t>(number));
    const AssessOptions options{made.as_of, made.onset};
    const auto status = complaint_status(made.chart, pack, options);
    CHECK(status == assess(made.chart, pack, options).complaint.status);
    recorded += status == ComplaintStatus::recorded;
  }
  CHECK(recorded > 0);
  CHECK(recorded < charts);
}
}  // namespace legwork::tests
