#include "tests/causes/generated_charts.hpp"
#include "tests/causes/naive_agreement.hpp"
#include "tests/causes/probes.hpp"
#include "tests/causes/test_pack.hpp"

#include <catch2/catch.hpp>

// Two evaluators, written apart from one document, must find the same in every chart.

namespace legwork::tests {
namespace {
using namespace causes;

/// Both evaluators on charts made to hit `material`, whose pack may have fewer causes than `pack`.
void agree(const Material& material, const Pack& pack, std::uint64_t first, std::uint64_t count) {
  int shown = 0;
  std::uint64_t weaker = 0;
  for (std::uint64_t number = first; number < first + count && shown < 3; ++number) {
    GeneratedCase made = generated_case(material, number);
    const Agreement agreement = agreement_on(made, pack);
    weaker += agreement.weaker;
    if (agreement.disagreement.empty()) continue;
    made = smallest_disagreement(std::move(made), pack);
    FAIL_CHECK("chart " << number << ", " << agreement_on(made, pack).disagreement << "\n"
                        << described(made, pack));
    ++shown;
  }
  // Unknown is a safe answer, but one that nobody should get used to.
  CHECK(weaker * 20 <= count);
}

/// Read anew by each test: Catch runs one test a program.
Pack heavy_legs() { return read(pack_files("packs/heavy-legs")); }

/// Criteria with other periods, bounds and starts than the pack has, alone and combined.
void agree_on_criteria(const Pack& pack, std::uint64_t first, std::uint64_t count) {
  const Material material(pack);
  Random random(7);
  std::vector<Criterion> criteria = varied_leaves(material, 60, random);
  for (int i = 0; i < 8; ++i) criteria.push_back(random_tree(criteria, 2, Logic::all, random));
  agree(material, with_probes(pack, criteria), first, count);
}
}  // namespace

TEST_CASE("a naive evaluator finds the same in the pack of heavy legs", "[property]") {
  const Pack pack = heavy_legs();
  agree(Material(pack), pack, 1, 400);
}

TEST_CASE("a naive evaluator finds the same in a small pack", "[property]") {
  agree(Material(cough()), cough(), 1, 1500);
}

TEST_CASE("a naive evaluator answers other criteria about heavy legs the same", "[property]") {
  agree_on_criteria(heavy_legs(), 10'000, 40);
}

TEST_CASE("a naive evaluator answers other criteria of a small pack the same", "[property]") {
  agree_on_criteria(cough(), 20'000, 150);
}
}  // namespace legwork::tests
