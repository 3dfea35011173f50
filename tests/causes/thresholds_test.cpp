#include "tests/causes/thresholds.hpp"
#include "tests/causes/test_pack.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <type_traits>
#include <utility>

using namespace legwork;
using namespace legwork::tests;
using causes::Criterion;
using causes::ObservationQuery;

namespace {
std::vector<Threshold> thresholds() {
  std::vector<Threshold> all;
  for (auto& some :
       {iron_thresholds(), vitamin_thresholds(), salt_thresholds(), kidney_and_liver_thresholds(),
        heart_and_clot_thresholds(), other_thresholds()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

/// A number that the pack holds results against: the analyte and, for a multiple of a limit, "x".
using Held = std::pair<std::string, double>;

class HeldByPack {
 public:
  explicit HeldByPack(const causes::Pack& pack) : pack_(pack) {
    for (const auto& named : pack.criteria) add(named.criterion);
    for (const auto& cause : pack.causes) {
      for (const auto* rules :
           {&cause.strong, &cause.weak, &cause.against, &cause.caps, &cause.rules_out}) {
        add(*rules);
      }
      if (cause.decides) add(*cause.decides);
    }
    for (const auto& flag : pack.red_flags) {
      for (const auto* rules : {&flag.present, &flag.possible, &flag.absent}) add(*rules);
    }
    for (const auto& test : pack.tests) {
      for (const auto& urgent : test.urgent) add(urgent.rule.criterion);
      for (const auto& withheld : test.withheld) add(withheld.rule.criterion);
    }
    for (const auto& score : pack.scores) {
      for (const auto& item : score.items) add(item.criterion);
    }
  }

  const std::set<Held>& all() const { return held_; }

 private:
  void add(const std::vector<causes::Rule>& rules) {
    for (const auto& rule : rules) add(rule.criterion);
  }

  void add(const Criterion& criterion) {
    std::visit(
        [&](const auto& node) {
          if constexpr (requires { node.of; }) {
            for (const Criterion& part : node.of) add(part);
          } else if constexpr (std::is_same_v<std::decay_t<decltype(node)>, ObservationQuery>) {
            for (const auto& bound : node.bounds) add(node, bound.value);
          }
        },
        criterion.node);
  }

  void add(const ObservationQuery& query, double value) {
    if (value == 0) return;  // "above 0": any value will do
    const bool multiple = query.scale != ObservationQuery::Scale::unit;
    held_.insert({pack_.concepts[query.id].id + (multiple ? " x" : ""), value});
  }

  const causes::Pack& pack_;
  std::set<Held> held_;
};

/// What a row tries from below, at and above.
bool tries(const Threshold& row, const Held& held) {
  const bool multiple = held.first == row.sent.analyte + " x";
  const auto& about = heavy_legs().concepts[concept_id(heavy_legs(), row.sent.analyte)];
  if (!multiple && (held.first != row.sent.analyte || row.sent.unit != about.unit)) return false;
  const double limit = !multiple            ? held.second
                       : row.sent.upper > 0 ? held.second * row.sent.upper
                                            : held.second * about.usual_high.value_or(0);
  const auto some = [&](auto&& compares) {
    return std::any_of(row.points.begin(), row.points.end(),
                       [&](const Point& point) { return compares(point.value); });
  };
  return some([&](double value) { return value < limit; }) &&
         some([&](double value) { return value == limit; }) &&
         some([&](double value) { return value > limit; });
}

fhir::Chart chart_of(const Threshold& row, double value) {
  auto chart = chart_with(row.beside);
  result(row.sent.analyte, value, row.sent.unit)(chart);
  if (row.sent.upper > 0) {
    chart.measurements.back().limits = fhir::Measurement::Limits{{}, row.sent.upper};
  }
  return chart;
}
}  // namespace

TEST_CASE("A value below, at and above each threshold is told as the guideline has it",
          "[causes]") {
  for (const Threshold& row : thresholds()) {
    INFO(row.quote.claim << ": " << row.quote.words << " (" << row.told.id << ' ' << row.told.rule
                         << ')');
    for (const auto& [value, expected] : row.points) {
      INFO(row.sent.analyte << ' ' << value << ' ' << row.sent.unit);
      CHECK(told(row.told, chart_of(row, value)) == expected);
    }
  }
}

TEST_CASE("Each threshold is quoted in the words of its claim, with the claim's source",
          "[causes]") {
  const causes::Pack& pack = heavy_legs();
  for (const Threshold& row : thresholds()) {
    CAPTURE(row.quote.claim);
    const causes::Claim* claim = pack.claim(row.quote.claim);
    REQUIRE(claim != nullptr);
    CHECK_THAT(claim->text, Catch::Contains(row.quote.words));
    REQUIRE(claim->source);
    CHECK(pack.sources[*claim->source].id == row.quote.source);
  }
}

TEST_CASE("No number of the pack is without a row that tries it from both sides", "[causes]") {
  const auto rows = thresholds();
  const HeldByPack pack(heavy_legs());
  REQUIRE(!pack.all().empty());
  for (const Held& held : pack.all()) {
    CAPTURE(held.first, held.second);
    CHECK(std::any_of(rows.begin(), rows.end(),
                      [&](const Threshold& row) { return tries(row, held); }));
  }
}

TEST_CASE("A low filtration is chronic when it was low 90 days before, not 89", "[causes]") {
  // KDIGO 2024: for three months.
  const std::string unit = "mL/min/{1.73_m2}";
  const auto with_earlier = [&](std::string_view date) {
    return told(cause_is("kidney-disease"), chart_with({result("egfr", 50, unit, date),
                                                        result("egfr", 50, unit, "2026-11-21")}));
  };
  CHECK(with_earlier("2026-08-22") == "supported");
  CHECK(with_earlier("2026-08-23") == "supported");
  CHECK(with_earlier("2026-08-24") == "possible");
}

TEST_CASE("A laboratory's flag answers for its limit, and not for ten times it", "[causes]") {
  // EAS 2015: CK above the upper limit, above 10 times it. 300 is above the usual limit, 150 below.
  struct Row {
    double value;
    std::string flag, raised, normal, test;
  };
  const auto row = GENERATE(values<Row>({
      {300, "H", "for", "silent", "on-file"},
      {300, "N", "silent", "against", "on-file"},
      {150, "H", "for", "silent", "on-file"},
      {150, "N", "silent", "against", "on-file"},
      {300, "A", "for", "silent", "on-file"},  // says neither: the usual limit serves
      {2001, "H", "for", "silent", "same-day"},
  }));
  CAPTURE(row.value, row.flag);
  auto chart = chart_with({drug("statin"), result("creatine-kinase", row.value, "U/L")});
  chart.measurements.back().interpretation = row.flag;
  CHECK(told(rule_says("statin", "ck-raised"), chart) == row.raised);
  CHECK(told(rule_says("statin", "ck-normal"), chart) == row.normal);
  CHECK(told(test_is("creatine-kinase"), chart) == row.test);
}

TEST_CASE("At a Wells score of 2 the scan comes first, at 1 the D-dimer", "[causes]") {
  // NICE NG158: 2 or more makes a deep vein thrombosis likely, 1 or less unlikely.
  std::vector<Beside> beside{drug_list(), answer("swelling", true), answer("one-leg-only", true),
                             condition("after-surgery")};
  for (const auto* item :
       {"active-cancer", "leg-in-plaster", "deep-vein-tenderness", "entire-leg-swollen",
        "calf-swelling-3-cm", "pitting-edema-one-leg", "past-vein-thrombosis",
        "acute-leg-vein-thrombosis", "chronic-leg-vein-thrombosis", "post-thrombotic-syndrome",
        "leg-paralysis", "likelier-diagnosis"}) {
    beside.push_back(denied(item));
  }
  const auto rules = [&](const Beside& veins) {
    auto with = beside;
    with.push_back(veins);
    const auto found = causes::assess(chart_with(with), heavy_legs(), {day("2026-11-22"), {}});
    return std::pair(workup(found, "duplex-ultrasound"), workup(found, "d-dimer"));
  };
  const auto [scan_later, d_dimer_first] = rules(denied("collateral-veins"));
  CHECK(scan_later.rule == "clot-unlikely-by-score");
  CHECK(scan_later.urgency == causes::Urgency::soon);
  CHECK(d_dimer_first.rule == "clot-unlikely-by-score");
  CHECK(d_dimer_first.urgency == causes::Urgency::same_day);
  const auto [scan_first, d_dimer_withheld] = rules(condition("collateral-veins"));
  CHECK(scan_first.rule == "clot-likely-by-score");
  CHECK(scan_first.urgency == causes::Urgency::same_day);
  CHECK(d_dimer_withheld.rule == "clot-likely-by-score");
  CHECK(d_dimer_withheld.status == causes::WorkupStatus::not_needed);
}

TEST_CASE("A woman is past childbearing from 56 years on", "[causes]") {
  CHECK(told(cause_is("pregnancy"), chart_with({born("1970-11-23")})) == "undetermined");
  CHECK(told(cause_is("pregnancy"), chart_with({born("1970-11-22")})) == "unlikely");
}
