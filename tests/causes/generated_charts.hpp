#pragma once

#include "causes/pack.hpp"
#include "fhir/chart.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Charts by number, made to hit a pack: facts about what its criteria ask, with values and dates
/// at, beside and far from their limits. The same number gives the same chart everywhere.
namespace legwork::tests {
/// splitmix64: the distributions of <random> differ between libraries, this does not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  bool one_in(std::size_t count) { return below(count) == 0; }
  int between(int low, int high) { return low + int(below(std::size_t(high - low + 1))); }
  double fraction() { return double(next() >> 11) / 9007199254740992.0; }  ///< 0 <= f < 1
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }

 private:
  std::uint64_t state_;
};

template <class T>
void shuffle(std::vector<T>& items, Random& random) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.below(i)]);
}

/// What a pack asks of a chart, gathered once.
struct Material {
  explicit Material(const causes::Pack& of);

  const causes::Pack& pack;
  std::vector<causes::Criterion> leaves;  ///< of all criteria, those that ask the chart itself
  std::vector<fhir::ConceptId> asked;     ///< concepts of the leaves; often asked, often here
  std::vector<std::vector<double>> thresholds;  ///< by concept
  std::vector<std::vector<std::string>> units;  ///< by concept: in which its values may come
  std::vector<Period> periods;                  ///< of all look-backs
  std::vector<causes::ChallengeQuery> challenges;
};

struct GeneratedCase {
  fhir::Chart chart;
  Day as_of{};
  std::optional<DateSpan> onset;
};

/// Of charts with an even number all dates are known to the day.
GeneratedCase generated_case(const Material& material, std::uint64_t number);

/// All that is in a chart, one entry a line: what a failing test prints.
std::string described(const GeneratedCase& made, const causes::Pack& pack);
}  // namespace legwork::tests
