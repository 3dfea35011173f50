#include "causes/assess.hpp"
#include "causes/json.hpp"
#include "tests/causes/generated_charts.hpp"
#include "tests/causes/known_differences.hpp"
#include "tests/causes/naive.hpp"
#include "tests/causes/probes.hpp"
#include "tests/causes/test_pack.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <functional>
#include <map>

// Two evaluators, written apart from one document, must find the same in every chart.

namespace legwork::tests {
namespace {
using namespace causes;

template <class Findings>
auto by_id(const Findings& findings) {
  std::map<std::string, typename Findings::value_type> found;
  for (const auto& finding : findings) found.emplace(finding.id, finding);
  return found;
}

/// Where the two disagree: "low-iron: possible 1, naive: supported 4"; "" where nowhere.
std::string disagreement(const GeneratedCase& made, const Pack& pack) {
  const Assessment fast = assess(made.chart, pack, {made.as_of, made.onset});
  const Case about{made.chart, pack, made.as_of, fast.complaint.onset};
  const auto causes = by_id(fast.causes);
  for (std::size_t i = 0; i < pack.causes.size(); ++i) {
    const CauseFinding& found = causes.at(pack.causes[i].id);
    const NaiveFinding naive = naive_cause(Index(i), about);
    if (naive.status == found.status && naive.strength == found.strength) continue;
    const auto& decides = pack.causes[i].decides;
    const bool probe = found.id.starts_with("probe-");
    return fmt::format("cause {}{}: {} {}, naive: {} {}", found.id,
                       probe ? " (" + told(*decides, pack) + ")" : "", word(found.status),
                       found.strength, word(naive.status), naive.strength);
  }
  const auto flags = by_id(fast.red_flags);
  for (std::size_t i = 0; i < pack.red_flags.size(); ++i) {
    const RedFlagFinding& found = flags.at(pack.red_flags[i].id);
    const RedFlagStatus naive = naive_red_flag(Index(i), about);
    if (naive == found.status) continue;
    return fmt::format("red flag {}: {}, naive: {}", found.id, word(found.status), word(naive));
  }
  const auto scores = by_id(fast.scores);
  for (std::size_t i = 0; i < pack.scores.size(); ++i) {
    const Score& found = scores.at(pack.scores[i].id);
    const NaiveScore naive = naive_score(Index(i), about);
    if (naive.low == found.low && naive.high == found.high) continue;
    return fmt::format("score {}: {} to {}, naive: {} to {}", found.id, found.low, found.high,
                       naive.low, naive.high);
  }
  return {};
}

/// Drops entries from one list of the chart as long as the chart still `fails`.
template <class Entry>
void shrink(GeneratedCase& made, std::vector<Entry> fhir::Chart::*list,
            const std::function<bool(const GeneratedCase&)>& fails) {
  for (std::size_t i = 0; i < (made.chart.*list).size();) {
    GeneratedCase smaller = made;
    auto& entries = smaller.chart.*list;
    entries.erase(entries.begin() + std::ptrdiff_t(i));
    if (fails(smaller)) {
      made = std::move(smaller);
    } else {
      ++i;
    }
  }
}

GeneratedCase smallest(GeneratedCase made, const std::function<bool(const GeneratedCase&)>& fails) {
  shrink(made, &fhir::Chart::medications, fails);
  shrink(made, &fhir::Chart::measurements, fails);
  shrink(made, &fhir::Chart::conditions, fails);
  shrink(made, &fhir::Chart::procedures, fails);
  shrink(made, &fhir::Chart::answers, fails);
  shrink(made, &fhir::Chart::unidentified_medications, fails);
  return made;
}

/// Both evaluators on charts made to hit `material`, whose pack may have fewer causes than `pack`.
void agree(const Material& material, const Pack& pack, std::uint64_t first, std::uint64_t count) {
  int shown = 0;
  for (std::uint64_t number = first; number < first + count && shown < 3; ++number) {
    GeneratedCase made = known::tamed(generated_case(material, number));
    if (disagreement(made, pack).empty()) continue;
    made = smallest(std::move(made), [&](const GeneratedCase& smaller) {
      return !disagreement(smaller, pack).empty();
    });
    FAIL_CHECK("chart " << number << ", " << disagreement(made, pack) << "\n"
                        << described(made, pack));
    ++shown;
  }
  SUCCEED("the evaluators agree");
}

/// Read anew by each test: Catch runs one test a program.
Pack small_pack() { return without_courses(cough()); }
Pack heavy_legs() { return without_courses(read(pack_files("packs/heavy-legs"))); }

/// Criteria with other periods, bounds and starts than the pack has, alone and combined.
void agree_on_criteria(const Pack& pack, std::uint64_t first, std::uint64_t count) {
  const Material material(pack);
  Random random(7);
  std::vector<Criterion> criteria = varied_leaves(material, 60, random);
  for (int i = 0; i < 8; ++i) criteria.push_back(random_tree(criteria, 2, random));
  agree(material, with_probes(pack, criteria), first, count);
}
}  // namespace

TEST_CASE("a naive evaluator finds the same in the pack of heavy legs", "[property]") {
  const Pack pack = heavy_legs();
  agree(Material(pack), pack, 1, 400);
}

TEST_CASE("a naive evaluator finds the same in a small pack", "[property]") {
  const Pack pack = small_pack();
  agree(Material(pack), pack, 1, 1500);
}

TEST_CASE("a naive evaluator answers other criteria about heavy legs the same", "[property]") {
  agree_on_criteria(heavy_legs(), 10'000, 40);
}

TEST_CASE("a naive evaluator answers other criteria of a small pack the same", "[property]") {
  agree_on_criteria(small_pack(), 20'000, 150);
}
}  // namespace legwork::tests
