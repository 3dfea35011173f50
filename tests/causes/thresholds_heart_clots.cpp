#include "tests/causes/thresholds.hpp"

namespace legwork::tests {
namespace {
const Quote hf_low{"hf-nt-probnp", "esc-2021", "NT-proBNP below 125 ng/L or BNP below 35 ng/L"};
const Quote hf_age{"hf-nt-probnp-age", "hfa-2023",
                   "from 125 ng/L under 50 years, 250 from 50 to 74, 500 from 75"};
const Quote hf_risk{"hf-nt-probnp-age", "hfa-2023", "2000 is high risk"};
const Quote hf_lvef{"hf-lvef", "esc-2021", "ejection fraction of 40 % or less"};
const Quote oxygen{"low-oxygen", "practice", "An oxygen saturation below 92 % with leg swelling"};
const Quote d_dimer{"d-dimer-limits", "nice-ng158", "D-dimer below 500 ug/L FEU"};
const Quote d_dimer_age{"d-dimer-limits", "nice-ng158",
                        "over 50 years age times 10 ug/L may serve"};

/// One leg is swollen, and the Wells score is 1 or less: only what no chart denies is open.
std::vector<Beside> clot_unlikely(std::string_view birth) {
  std::vector<Beside> beside{born(birth), drug_list(), answer("swelling", true),
                             answer("one-leg-only", true)};
  for (const auto* item :
       {"active-cancer", "leg-paralysis", "leg-in-plaster", "bedridden", "after-surgery",
        "deep-vein-tenderness", "entire-leg-swollen", "calf-swelling-3-cm", "pitting-edema-one-leg",
        "collateral-veins", "past-vein-thrombosis", "acute-leg-vein-thrombosis",
        "chronic-leg-vein-thrombosis", "post-thrombotic-syndrome"}) {
    beside.push_back(denied(item));
  }
  return beside;
}
}  // namespace

std::vector<Threshold> heart_and_clot_thresholds() {
  const auto heart = cause_is("chronic-heart-failure");
  const auto high_for_age = rule_says("chronic-heart-failure", "natriuretic-peptide-high-for-age");
  const auto failing = red_flag_is("heart-failure");
  const auto duplex = test_is("duplex-ultrasound");
  const auto swollen = answer("swelling", true);
  return {
      {hf_low,
       {"nt-probnp", "ng/L"},
       {{124, "unlikely"}, {125, "possible"}, {126, "possible"}},
       heart,
       {}},
      {hf_low,
       {"nt-probnp", "pmol/L"},  // 125 ng/L are 14.78
       {{14.7, "unlikely"}, {14.8, "possible"}},
       heart,
       {}},
      {hf_low, {"bnp", "ng/L"}, {{34, "unlikely"}, {35, "possible"}, {36, "possible"}}, heart, {}},
      {hf_low,
       {"bnp", "pmol/L"},  // 35 ng/L are 10.104
       {{10.1, "unlikely"}, {10.2, "possible"}},
       heart,
       {}},
      {hf_age,
       {"nt-probnp", "ng/L"},
       {{124, "silent"}, {125, "for"}, {126, "for"}},
       high_for_age,
       {born("1976-11-23")}},  // 50 tomorrow
      {hf_age,
       {"nt-probnp", "ng/L"},
       {{249, "silent"}, {250, "for"}, {251, "for"}},
       high_for_age,
       {born("1976-11-22")}},  // 50 today
      {hf_age,
       {"nt-probnp", "ng/L"},
       {{249, "silent"}, {250, "for"}, {251, "for"}},
       high_for_age,
       {born("1951-11-23")}},  // 75 tomorrow
      {hf_age,
       {"nt-probnp", "ng/L"},
       {{499, "silent"}, {500, "for"}, {501, "for"}},
       high_for_age,
       {born("1951-11-22")}},  // 75 today
      {hf_risk,
       {"nt-probnp", "ng/L"},
       {{1999, "not-recorded"}, {2000, "possible"}, {2001, "possible"}},
       failing,
       {swollen}},
      {hf_risk,
       {"nt-probnp", "ug/L"},
       {{1.999, "not-recorded"}, {2, "possible"}, {2.001, "possible"}},
       failing,
       {swollen}},
      {hf_lvef,
       {"lvef", "%"},
       {{39, "supported"}, {40, "supported"}, {41, "undetermined"}},
       heart,
       {}},
      {oxygen,
       {"oxygen-saturation", "%"},
       {{91, "present"}, {92, "not-recorded"}, {93, "not-recorded"}},
       failing,
       {swollen}},
      {oxygen,
       {"oxygen-saturation", "%"},
       {{91, "emergency"}, {92, "not-needed"}, {93, "not-needed"}},
       test_is("emergency-assessment"),
       {swollen}},
      {d_dimer,
       {"d-dimer", "ug/L{FEU}"},
       {{499, "routine"}, {500, "same-day"}, {501, "same-day"}},
       duplex,
       clot_unlikely("1981-03-09")},
      {d_dimer,
       {"d-dimer", "ug/L{FEU}"},
       {{499, "routine"}, {500, "same-day"}, {501, "same-day"}},
       duplex,
       clot_unlikely("1976-03-09")},  // 50, not over 50
      {d_dimer,
       {"d-dimer", "mg/L{FEU}"},
       {{0.499, "routine"}, {0.5, "same-day"}, {0.501, "same-day"}},
       duplex,
       clot_unlikely("1981-03-09")},
      {d_dimer,
       {"d-dimer-ddu", "ug/L{DDU}"},
       {{249, "routine"}, {250, "same-day"}, {251, "same-day"}},
       duplex,
       clot_unlikely("1981-03-09")},
      {d_dimer,
       {"d-dimer", "ng/mL{DDU}"},
       {{249, "routine"}, {250, "same-day"}, {251, "same-day"}},
       duplex,
       clot_unlikely("1981-03-09")},
      {d_dimer_age,
       {"d-dimer", "ug/L{FEU}"},
       {{509, "routine"}, {510, "same-day"}, {511, "same-day"}},
       duplex,
       clot_unlikely("1975-11-22")},  // 51 today
      {d_dimer_age,
       {"d-dimer", "ug/L{FEU}"},
       {{699, "routine"}, {700, "same-day"}, {701, "same-day"}},
       duplex,
       clot_unlikely("1956-03-09")},
      {d_dimer_age,
       {"d-dimer-ddu", "ug/L{DDU}"},
       {{349, "routine"}, {350, "same-day"}, {351, "same-day"}},
       duplex,
       clot_unlikely("1956-03-09")},
      {d_dimer_age,
       {"d-dimer", "ug/L{FEU}"},
       {{699, "on-file"}, {700, "on-file"}, {701, "on-file"}},
       test_is("d-dimer"),
       clot_unlikely("1956-03-09")},
  };
}
}  // namespace legwork::tests
