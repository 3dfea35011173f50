#include "tests/causes/thresholds.hpp"

namespace legwork::tests {
namespace {
/// Restless legs are ruled out, so that their own limits do not apply.
Beside no_restless_legs() { return answer("urge-to-move", false); }

const Quote ferritin_30{"ferritin-30", "ferritin-table", "a ferritin below 30 ug/L means empty"};
const Quote ferritin_75{"ferritin-75", "aasm-2025", "a ferritin of 75 ug/L or less"};
const Quote ferritin_100{"ferritin-100", "irlssg-2018",
                         "above 100 with a saturation of 20 % or more it is not"};
const Quote saturation_20{"ferritin-75", "aasm-2025", "a transferrin saturation below 20 %"};
const Quote inflammation{"ferritin-inflammation", "ferritin-table",
                         "up to 70 or 100 ug/L does not exclude low iron there"};
const Quote crp_5{"crp-5", "ferritin-crp", "With a CRP above 5 mg/L"};
const Quote anemia_limits{"anemia-limits", "who-anemia",
                          "hemoglobin below 13 g/dL in men and 12 g/dL in women"};
const Quote pregnant_11{"anemia-in-pregnancy", "who-anemia", "In pregnancy anemia begins below 11"};
const Quote small_cells{"small-red-cells", "usual-limits", "below 80 fL suggest lack of iron"};
const Quote large_cells{"small-red-cells", "usual-limits", "above 100 fL lack of B12 or folate"};
const Quote b12{"b12-limits", "nice-ng239",
                "below 180 ng/L confirms a lack, 180 to 350 is open, above 350 makes it unlikely"};
const Quote active_b12{"b12-limits", "nice-ng239", "active B12 below 25, 25 to 70, above 70"};
const Quote mma{"mma", "nice-ng239", "above about 350 nmol/L speaks for a lack"};
const Quote folate{"folate-limits", "bsh-2014", "Folate below 3 ug/L in serum"};
const Quote folate_open{"folate-limits", "bsh-2014", "3 to 4 is open"};
const Quote red_cell_folate{"folate-limits", "bsh-2014", "150 ug/L in red cells is a lack"};
}  // namespace

std::vector<Threshold> iron_thresholds() {
  const auto low_iron = cause_is("low-iron");
  const auto saturation = [](double percent) {
    return result("transferrin-saturation", percent, "%");
  };
  const auto ferritin = [](double value) { return result("ferritin", value, "ug/L"); };
  const auto crp = [](double value) { return result("c-reactive-protein", value, "mg/L"); };
  const auto hemoglobin = [](double value) { return result("hemoglobin", value, "g/dL"); };
  return {
      {ferritin_30,
       {"ferritin", "ug/L"},
       {{29, "supported"}, {30, "possible"}, {31, "possible"}},
       low_iron,
       {no_restless_legs()}},
      {ferritin_30,
       {"ferritin", "pmol/L"},  // 30 ug/L are 67.4
       {{67, "supported"}, {68, "possible"}},
       low_iron,
       {no_restless_legs()}},
      // Restless legs are not ruled out by silence.
      {ferritin_75,
       {"ferritin", "ug/L"},
       {{74, "supported"}, {75, "supported"}, {76, "undetermined"}},
       low_iron,
       {}},
      {ferritin_75,
       {"ferritin", "mg/L"},
       {{0.074, "supported"}, {0.075, "supported"}, {0.076, "undetermined"}},
       low_iron,
       {}},
      {ferritin_75,
       {"ferritin", "ug/L"},
       {{74, "possible"}, {75, "possible"}, {76, "undetermined"}},
       low_iron,
       {no_restless_legs()}},
      {{"ferritin-child", "aasm-2025", "iron is considered at a ferritin below 50 ug/L"},
       {"ferritin", "ug/L"},
       {{49, "supported"}, {50, "possible"}, {51, "possible"}},
       low_iron,
       {born("2016-03-09")}},
      {inflammation,
       {"ferritin", "ug/L"},
       {{69, "supported"}, {70, "possible"}, {71, "possible"}},
       low_iron,
       {no_restless_legs(), crp(8)}},
      {inflammation,
       {"ferritin", "ug/L"},
       {{99, "possible"}, {100, "possible"}, {101, "unlikely"}},
       low_iron,
       {no_restless_legs(), condition("chronic-kidney-disease"), saturation(30)}},
      {ferritin_100,
       {"ferritin", "ug/L"},
       {{99, "undetermined"}, {100, "undetermined"}, {101, "unlikely"}},
       low_iron,
       {saturation(30)}},
      // Without inflammation more than 75 is enough.
      {ferritin_75,
       {"ferritin", "ug/L"},
       {{74, "supported"}, {75, "supported"}, {76, "unlikely"}},
       low_iron,
       {saturation(30), crp(2)}},
      {saturation_20,
       {"transferrin-saturation", "%"},
       {{19, "supported"}, {20, "unlikely"}, {21, "unlikely"}},
       low_iron,
       {ferritin(150)}},
      {saturation_20,
       {"serum-iron", "umol/L"},  // calculated: 12 of 60 umol/L are 20 %
       {{11.9, "supported"}, {12, "unlikely"}, {12.1, "unlikely"}},
       low_iron,
       {ferritin(150), result("tibc", 60, "umol/L")}},
      {saturation_20,
       {"serum-iron", "ug/dL"},
       {{59, "supported"}, {60, "unlikely"}, {61, "unlikely"}},
       low_iron,
       {ferritin(150), result("tibc", 300, "ug/dL")}},
      {crp_5,
       {"c-reactive-protein", "mg/L"},
       {{4.9, "possible"}, {5, "possible"}, {5.1, "supported"}},
       low_iron,
       {no_restless_legs(), ferritin(60)}},
      {crp_5,
       {"c-reactive-protein", "mg/dL"},
       {{0.49, "possible"}, {0.5, "possible"}, {0.51, "supported"}},
       low_iron,
       {no_restless_legs(), ferritin(60)}},
      {crp_5,
       {"c-reactive-protein", "mg/L"},
       {{4.9, "unlikely"}, {5, "unlikely"}, {5.1, "possible"}},
       low_iron,
       {ferritin(80), saturation(30)}},
      {inflammation,
       {"esr", "mm/h", 20},  // the laboratory's limit: the pack has none
       {{19, "possible"}, {20, "possible"}, {21, "supported"}},
       low_iron,
       {no_restless_legs(), ferritin(60)}},
      {anemia_limits,
       {"hemoglobin", "g/dL"},
       {{11.9, "possible"}, {12, "undetermined"}, {12.1, "undetermined"}},
       low_iron,
       {}},
      {anemia_limits,
       {"hemoglobin", "g/L"},
       {{119, "possible"}, {120, "undetermined"}, {121, "undetermined"}},
       low_iron,
       {}},
      {anemia_limits,
       {"hemoglobin", "mmol/L"},  // 12 g/dL are 7.447
       {{7.4, "possible"}, {7.5, "undetermined"}},
       low_iron,
       {}},
      {anemia_limits,
       {"hemoglobin", "g/dL"},
       {{12.9, "possible"}, {13, "undetermined"}, {13.1, "undetermined"}},
       low_iron,
       {man()}},
      {pregnant_11,
       {"hemoglobin", "g/dL"},
       {{10.9, "possible"}, {11, "undetermined"}, {11.1, "undetermined"}},
       low_iron,
       {born("1994-03-09"), condition("pregnancy")}},
      // A young woman is not taken to be pregnant until that is recorded.
      {anemia_limits,
       {"hemoglobin", "g/dL"},
       {{11.9, "possible"}, {12, "undetermined"}, {12.1, "undetermined"}},
       low_iron,
       {born("1994-03-09")}},
      {small_cells,
       {"mcv", "fL"},
       {{79, "for"}, {80, "against"}, {81, "against"}},
       rule_says("low-iron", "small-red-cells"),
       {hemoglobin(11.5)}},
  };
}

std::vector<Threshold> vitamin_thresholds() {
  const auto low_b12 = cause_is("low-vitamin-b12");
  const auto low_folate = cause_is("low-folate");
  return {
      {large_cells,
       {"mcv", "fL"},
       {{99, "undetermined"}, {100, "undetermined"}, {101, "possible"}},
       low_b12,
       {}},
      {large_cells,
       {"mcv", "um3"},
       {{99, "undetermined"}, {100, "undetermined"}, {101, "possible"}},
       low_folate,
       {}},
      {b12,
       {"vitamin-b12", "ng/L"},
       {{179, "supported"}, {180, "possible"}, {181, "possible"}},
       low_b12,
       {}},
      {b12,
       {"vitamin-b12", "ng/L"},
       {{349, "possible"}, {350, "possible"}, {351, "unlikely"}},
       low_b12,
       {}},
      {b12,
       {"vitamin-b12", "pmol/L"},  // 180 and 350 ng/L are 132.8 and 258.2
       {{132, "supported"}, {133, "possible"}, {258, "possible"}, {259, "unlikely"}},
       low_b12,
       {}},
      {b12,
       {"vitamin-b12", "ng/L"},
       {{179, "for"}, {180, "silent"}, {181, "silent"}},
       rule_says("peripheral-neuropathy", "b12-low"),
       {}},
      {b12,
       {"vitamin-b12", "ng/L"},
       {{179, "supported"}, {180, "possible"}, {181, "possible"}},
       cause_is("b12-lowering-drug"),
       {drug("b12-lowering-drug")}},
      {active_b12,
       {"active-vitamin-b12", "pmol/L"},
       {{24, "supported"}, {25, "possible"}, {26, "possible"}},
       low_b12,
       {}},
      {active_b12,
       {"active-vitamin-b12", "nmol/L"},
       {{0.024, "supported"}, {0.025, "possible"}, {0.026, "possible"}},
       low_b12,
       {}},
      {active_b12,
       {"active-vitamin-b12", "pmol/L"},
       {{69, "for"}, {70, "for"}, {71, "silent"}},
       rule_says("low-vitamin-b12", "b12-open"),
       {}},
      {mma,
       {"methylmalonic-acid", "nmol/L"},
       {{349, "possible"}, {350, "possible"}, {351, "supported"}},
       low_b12,
       {result("vitamin-b12", 250, "ng/L")}},
      {mma,
       {"methylmalonic-acid", "umol/L"},
       {{0.349, "possible"}, {0.35, "possible"}, {0.351, "supported"}},
       low_b12,
       {result("vitamin-b12", 250, "ng/L")}},
      {folate,
       {"folate", "ug/L"},
       {{2.9, "supported"}, {3, "possible"}, {3.1, "possible"}},
       low_folate,
       {}},
      {folate_open,
       {"folate", "ug/L"},
       {{3.9, "possible"}, {4, "unlikely"}, {4.1, "unlikely"}},
       low_folate,
       {}},
      {folate,
       {"folate", "nmol/L"},  // 3 and 4 ug/L are 6.797 and 9.062
       {{6.7, "supported"}, {6.8, "possible"}, {9, "possible"}, {9.1, "unlikely"}},
       low_folate,
       {}},
      {red_cell_folate,
       {"red-cell-folate", "ug/L"},
       {{149, "supported"}, {150, "undetermined"}, {151, "undetermined"}},
       low_folate,
       {}},
      {red_cell_folate,
       {"red-cell-folate", "nmol/L"},  // 150 ug/L are 339.8
       {{339, "supported"}, {340, "undetermined"}},
       low_folate,
       {}},
  };
}
}  // namespace legwork::tests
