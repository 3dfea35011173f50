#include "tests/causes/thresholds.hpp"

namespace legwork::tests {
namespace {
const Quote thyroid{"thyroid-limits", "nice-ng145", "TSH above 10 mIU/L is hypothyroidism"};
const Quote thyroid_open{"thyroid-limits", "nice-ng145", "from 4 to 10 it is open"};
const Quote hba1c{"hba1c-48", "ada", "HbA1c of 48 mmol/mol (6.5 %) or more"};
const Quote fasting{"hba1c-48", "ada", "fasting glucose of 7.0 mmol/L or more, is diabetes"};
const Quote nerves{"diabetic-foot-check", "ada", "Look for other causes too"};
const Quote ck_bands{"ck-bands", "eas-2015", "up to 4 times the upper limit"};
const Quote ck_myopathy{"ck-bands", "eas-2015", "above 10 times myopathy"};
const Quote ck_usual{"ck-usual-limit", "usual-limits", "200 U/L serves as the upper limit of CK"};
const Quote abi{"pad-abi", "practice", "ankle-brachial index of 0.90 or less"};
}  // namespace

std::vector<Threshold> other_thresholds() {
  const auto thyroid_is = cause_is("hypothyroidism");
  const auto nerves_are = cause_is("peripheral-neuropathy");
  const auto statin_is = cause_is("statin");
  const auto ck_test = test_is("creatine-kinase");
  const auto on_statin = drug("statin");
  const auto numb = answer("numbness-or-burning", true);
  return {
      {thyroid_open,
       {"tsh", "m[IU]/L"},
       {{3.9, "unlikely"}, {4, "unlikely"}, {4.1, "possible"}},
       thyroid_is,
       {}},
      {thyroid,
       {"tsh", "m[IU]/L"},
       {{9.9, "possible"}, {10, "possible"}, {10.1, "supported"}},
       thyroid_is,
       {}},
      {thyroid,
       {"tsh", "u[IU]/L"},
       {{9'900, "possible"}, {10'000, "possible"}, {10'100, "supported"}},
       thyroid_is,
       {}},
      {hba1c,
       {"hba1c", "mmol/mol"},
       {{47, "undetermined"}, {47.5, "possible"}, {48, "possible"}},
       nerves_are,
       {}},
      {hba1c, {"hba1c", "%"}, {{6.4, "undetermined"}, {6.5, "possible"}}, nerves_are, {}},
      {fasting,
       {"fasting-glucose", "mmol/L"},
       {{6.9, "undetermined"}, {6.99, "possible"}, {7.0, "possible"}},
       nerves_are,
       {}},
      {fasting,
       {"fasting-glucose", "mg/dL"},
       {{125, "undetermined"}, {126, "possible"}},
       nerves_are,
       {}},
      {nerves,
       {"hba1c", "mmol/mol"},
       {{47, "routine"}, {47.5, "not-needed"}, {48, "not-needed"}},
       test_is("nerve-conduction"),
       {numb, result("vitamin-b12", 400, "ng/L")}},
      {nerves,
       {"vitamin-b12", "ng/L"},
       {{349, "not-needed"}, {350, "not-needed"}, {351, "routine"}},
       test_is("nerve-conduction"),
       {numb, result("hba1c", 36, "mmol/mol")}},
      {ck_bands,
       {"creatine-kinase", "U/L", 170},
       {{169, "possible"}, {170, "possible"}, {171, "supported"}},
       statin_is,
       {on_statin}},
      {ck_bands,
       {"creatine-kinase", "U/L", 170},
       {{169, "against"}, {170, "against"}, {171, "silent"}},
       rule_says("statin", "ck-normal"),
       {on_statin}},
      {ck_bands,
       {"creatine-kinase", "ukat/L", 3},
       {{2.9, "possible"}, {3, "possible"}, {3.1, "supported"}},
       statin_is,
       {on_statin}},
      {ck_myopathy,
       {"creatine-kinase", "U/L", 170},
       {{1699, "on-file"}, {1700, "on-file"}, {1701, "same-day"}},
       ck_test,
       {on_statin}},
      {ck_usual,
       {"creatine-kinase", "U/L"},
       {{199, "possible"}, {200, "possible"}, {201, "supported"}},
       statin_is,
       {on_statin}},
      {ck_usual,
       {"creatine-kinase", "U/L"},
       {{1999, "on-file"}, {2000, "on-file"}, {2001, "same-day"}},
       ck_test,
       {on_statin}},
      {abi,
       {"ankle-brachial-index", "1"},
       {{0.89, "supported"}, {0.90, "supported"}, {0.91, "undetermined"}},
       cause_is("peripheral-artery-disease"),
       {}},
      {abi,
       {"ankle-brachial-index", "%"},
       {{89, "supported"}, {90, "supported"}, {91, "undetermined"}},
       cause_is("peripheral-artery-disease"),
       {}},
  };
}
}  // namespace legwork::tests
