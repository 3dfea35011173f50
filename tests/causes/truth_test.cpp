#include "causes/truth.hpp"

#include "causes/results.hpp"

#include <catch2/catch.hpp>

using namespace legwork::causes;

TEST_CASE("Kleene logic: silence is neither no nor yes", "[causes]") {
  using enum Truth;
  struct Row {
    Truth a, b, both_of, either_of;
  };
  const auto row = GENERATE(values<Row>({{yes, yes, yes, yes},
                                         {yes, unknown, unknown, yes},
                                         {yes, no, no, yes},
                                         {unknown, unknown, unknown, unknown},
                                         {unknown, no, no, unknown},
                                         {no, no, no, no}}));
  CHECK(both(row.a, row.b) == row.both_of);
  CHECK(both(row.b, row.a) == row.both_of);
  CHECK(either(row.a, row.b) == row.either_of);
  CHECK(either(row.b, row.a) == row.either_of);
  CHECK(opposite(row.both_of) == either(opposite(row.a), opposite(row.b)));
}

TEST_CASE("A value below the assay's limit decides only what lies beyond that limit", "[causes]") {
  using Relation = Bound::Relation;
  const Interval below_5{0, 5, false, true};
  const Interval below_50{0, 50, false, true};
  const Interval above_20000{20000, 1e9, true, false};
  const Interval exactly_75{75, 75, false, false};
  struct Row {
    Bound bound;
    Interval value;
    Truth expected;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {{Relation::at_most, 75}, below_5, Truth::yes},
      {{Relation::at_most, 30}, below_50, Truth::unknown},
      {{Relation::below, 5}, below_5, Truth::yes},
      {{Relation::below, 4.9}, below_5, Truth::unknown},
      {{Relation::above, 500}, above_20000, Truth::yes},
      {{Relation::at_most, 20000}, above_20000, Truth::no},
      {{Relation::at_least, 50}, below_50, Truth::no},
      {{Relation::at_most, 75}, exactly_75, Truth::yes},
      {{Relation::below, 75}, exactly_75, Truth::no},
      {{Relation::at_least, 75}, exactly_75, Truth::yes},
      {{Relation::above, 75}, exactly_75, Truth::no},
  }));
  CHECK(holds(row.bound, row.value) == row.expected);
}
