#include "tests/causes/test_pack.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace legwork;
using namespace legwork::tests;

namespace {
template <class T>
std::set<std::string> ids(const std::vector<T>& items) {
  std::set<std::string> found;
  for (const T& item : items) found.insert(item.id);
  return found;
}
}  // namespace

TEST_CASE("The heavy legs pack has no fault, and every id of the contract", "[causes]") {
  const causes::Pack pack = read(pack_files("packs/heavy-legs"));
  const auto causes = ids(pack.causes);
  for (const auto* id :
       {"chronic-venous-insufficiency", "peripheral-edema", "restless-legs-syndrome",
        "rls-with-venous-insufficiency", "peripheral-neuropathy", "low-iron", "low-magnesium",
        "low-folate", "low-vitamin-b12", "dehydration", "electrolyte-imbalance",
        "calcium-channel-blocker", "nsaid", "corticosteroid", "statin", "diuretic",
        "kidney-disease", "liver-disease"}) {
    CHECK(causes.contains(id));
  }
  const auto flags = ids(pack.red_flags);
  for (const auto* id : {"deep-vein-thrombosis", "heart-failure", "persistent-swelling"}) {
    CHECK(flags.contains(id));
  }
  const auto tests = ids(pack.tests);
  for (const auto* id : {"duplex-ultrasound",
                         "ferritin",
                         "iron-panel",
                         "blood-count",
                         "kidney-function",
                         "liver-function",
                         "electrolytes",
                         "magnesium",
                         "folate",
                         "vitamin-b12",
                         "hba1c",
                         "thyroid",
                         "creatine-kinase",
                         "natriuretic-peptide",
                         "d-dimer",
                         "urine-albumin",
                         "leg-examination",
                         "neurological-examination",
                         "ankle-brachial-index",
                         "medication-review",
                         "symptom-review",
                         "emergency-assessment",
                         "venous-referral",
                         "nerve-conduction"}) {
    CHECK(tests.contains(id));
  }
  const auto questions = ids(pack.questions);
  for (const auto* id : {"swelling",
                         "one-leg-only",
                         "sudden-onset",
                         "leg-pain",
                         "leg-warmth",
                         "leg-redness",
                         "chest-pain",
                         "breathlessness",
                         "lightheadedness",
                         "swelling-persists-after-elevation",
                         "relieved-by-elevation",
                         "relieved-by-movement",
                         "urge-to-move",
                         "worse-evening-or-rest",
                         "worse-after-standing",
                         "tingling-or-crawling",
                         "numbness-or-burning",
                         "cramps",
                         "muscle-ache-or-weakness",
                         "onset-date",
                         "onset-after-new-medication",
                         "fluid-intake-low"}) {
    CHECK(questions.contains(id));
  }
}
