#include "tests/report/sample_assessment.hpp"

#include "base/date.hpp"

#include <algorithm>
#include <utility>

namespace legwork::report {
namespace {
using namespace causes;

DateSpan date(const char* text) { return *parse_date(text); }

Evidence evidence(Says says, std::string text, const char* day = nullptr) {
  Evidence result;
  result.says = says;
  result.text = std::move(text);
  if (day) result.date = date(day);
  return result;
}

CauseFinding cause(std::string id, std::string label, CauseStatus status, ClaimText claim,
                   std::vector<Evidence> evidence, std::vector<std::string> unknown) {
  CauseFinding result;
  result.id = std::move(id);
  result.label = std::move(label);
  result.status = status;
  result.origin = claim.origin;
  result.claims = {std::move(claim)};
  result.evidence = std::move(evidence);
  result.unknown = std::move(unknown);
  return result;
}

std::vector<CauseFinding> typical_causes() {
  using enum CauseStatus;
  std::vector<CauseFinding> causes;
  causes.push_back(
      cause("low-iron", "Low iron", supported,
            {"low-iron-rls", "Low iron goes with more severe restless legs.", "article", {}},
            {evidence(Says::for_it, "ferritin 18 µg/L", "2025-03-03"),
             evidence(Says::for_it, "transferrin saturation 12 %", "2025-03-03")},
            {"urge-to-move"}));
  causes.push_back(cause(
      "calcium-channel-blocker", "Calcium channel blocker", supported,
      {"ccb-edema", "These drugs widen vessels, and fluid may collect in the legs.", "article", {}},
      {evidence(Says::for_it, "amlodipine 10 mg, started 7 weeks before onset", "2024-12-09")},
      {"swelling", "leg-examination"}));
  causes.push_back(cause("restless-legs-syndrome", "Restless legs syndrome", possible,
                         {"rls-rest", "An urge to move that comes at rest and eases with movement.",
                          "AASM 2025", Origin::guideline},
                         {evidence(Says::for_it, "low iron, see above")},
                         {"urge-to-move", "relieved-by-movement", "worse-evening-or-rest"}));
  causes.push_back(cause("chronic-venous-insufficiency", "Chronic venous insufficiency",
                         undetermined,
                         {"cvi-valves",
                          "Weak valves let blood pool, and the pressure in the veins rises.",
                          "article",
                          {}},
                         {}, {"duplex-ultrasound", "leg-examination", "relieved-by-elevation"}));
  causes.push_back(cause(
      "peripheral-neuropathy", "Peripheral neuropathy", undetermined,
      {"neuropathy-b12", "Diabetes and a lack of vitamin B12 are common reasons.", "article", {}},
      {evidence(Says::against_it, "vitamin B12 310 ng/L, in range", "2025-03-03")},
      {"hba1c", "numbness-or-burning"}));
  causes.push_back(cause("kidney-disease", "Kidney disease", undetermined,
                         {"kidney-fluid", "Kidneys that work less hold back fluid.", "article", {}},
                         {evidence(Says::against_it, "eGFR 71 mL/min/1.73 m²", "2025-03-03")},
                         {"urine-albumin"}));
  causes.push_back(
      cause("electrolyte-imbalance", "Electrolyte imbalance", unlikely,
            {"electrolytes", "Diuretics may lower potassium and magnesium.", "article", {}},
            {evidence(Says::against_it, "potassium 3.9 mmol/L, in range", "2025-03-03"),
             evidence(Says::against_it, "no diuretic among the 4 entries of the medication list")},
            {"magnesium"}));
  causes.push_back(
      cause("statin", "Statin muscle effect", unlikely,
            {"statin-muscle", "Statins may cause muscle ache and weakness.", "article", {}},
            {evidence(Says::against_it, "atorvastatin 20 mg, started 4 years before onset",
                      "2021-02-01")},
            {"creatine-kinase"}));
  return causes;
}

std::vector<RedFlagFinding> typical_red_flags() {
  const auto flag = [](std::string id, std::string label, std::string action,
                       std::vector<std::string> unknown) {
    RedFlagFinding result;
    result.id = std::move(id);
    result.label = std::move(label);
    result.action = std::move(action);
    result.unknown = std::move(unknown);
    return result;
  };
  return {flag("deep-vein-thrombosis", "Deep vein thrombosis", "same day: DVT pathway",
               {"one-leg-only", "sudden-onset"}),
          flag("heart-failure", "Heart failure or lung embolism", "emergency assessment",
               {"chest-pain", "breathlessness"}),
          flag("persistent-swelling", "Swelling that stays", "prompt assessment",
               {"swelling-persists-after-elevation"})};
}

LabSeries lab(std::string id, std::string label, std::string unit,
              std::vector<std::pair<const char*, double>> points, std::optional<double> low,
              std::optional<double> high, LabSeries::Flag flag) {
  LabSeries series;
  series.id = std::move(id);
  series.label = std::move(label);
  series.unit = std::move(unit);
  for (const auto& [day, value] : points) {
    auto printed = std::to_string(value);
    printed.erase(printed.find_last_not_of('0') + 1);
    if (printed.back() == '.') printed.pop_back();
    series.points.push_back({"Observation/" + series.id, date(day), value, printed});
  }
  series.limit_low = low;
  series.limit_high = high;
  series.flag = flag;
  return series;
}

std::vector<LabSeries> typical_labs() {
  using enum LabSeries::Flag;
  return {
      lab("ferritin", "Ferritin", "ug/L",
          {{"2022-05-02", 61}, {"2023-06-12", 44}, {"2024-10-07", 27}, {"2025-03-03", 18}}, 30, 300,
          low),
      lab("saturation", "Transferrin saturation", "%", {{"2025-03-03", 12}}, 20, 50, low),
      lab("hemoglobin", "Hemoglobin", "g/L",
          {{"2023-06-12", 131}, {"2024-10-07", 126}, {"2025-03-03", 121}}, 115, 165, none),
      lab("b12", "Vitamin B12", "ng/L", {{"2023-10-02", 335}, {"2025-03-03", 310}}, 200, 900, none),
      lab("potassium", "Potassium", "mmol/L", {{"2024-10-07", 4.1}, {"2025-03-03", 3.9}}, 3.5, 5.3,
          none),
      lab("egfr", "eGFR", "mL/min/{1.73_m2}", {{"2024-10-07", 73}, {"2025-03-03", 71}}, 90,
          std::nullopt, low)};
}

std::vector<OpenQuestion> typical_questions() {
  return {{"urge-to-move",
           "urge to move the legs",
           "Is there an urge to move the legs?",
           "Yes: restless legs. No: veins or a drug.",
           {}},
          {"one-leg-only",
           "one leg only",
           "Is only one leg affected?",
           "One: treat as DVT until shown otherwise.",
           {}},
          {"sudden-onset",
           "sudden onset",
           "Did it begin suddenly?",
           "Yes, with one leg: DVT pathway today.",
           {}},
          {"relieved-by-movement",
           "relief on moving",
           "Does moving the legs help?",
           "Yes: restless legs. Raising helps: veins, fluid.",
           {}},
          {"swelling",
           "swelling",
           "Are the legs or ankles swollen?",
           "Both, soft, since December: amlodipine more likely.",
           {}},
          {"worse-evening-or-rest",
           "worse in the evening",
           "Is it worse in the evening or at rest?",
           "Yes: fits restless legs.",
           {}},
          {"relieved-by-elevation",
           "relief on raising",
           "Does raising the legs help?",
           "Yes: veins or fluid.",
           {}},
          {"numbness-or-burning",
           "numbness or burning",
           "Is there numbness or burning?",
           "Yes: neuropathy; add HbA1c and a sensory test.",
           {}},
          {"chest-pain", "chest pain", "Is there chest pain?", "Yes: emergency.", {}},
          {"breathlessness", "breathlessness", "Is there breathlessness?", "Yes: emergency.", {}}};
}

WorkupItem test(std::string id, std::string label, WorkupStatus status, Urgency urgency,
                std::string reason, std::vector<std::string> causes) {
  WorkupItem item;
  item.id = std::move(id);
  item.label = std::move(label);
  item.status = status;
  item.urgency = urgency;
  item.reason = std::move(reason);
  item.causes = std::move(causes);
  return item;
}

std::vector<WorkupItem> typical_workup() {
  using enum WorkupStatus;
  std::vector<WorkupItem> items = {
      test("leg-examination", "Examination of both legs", recommended, Urgency::same_day,
           "No examination is on file.", {"deep-vein-thrombosis", "calcium-channel-blocker"}),
      test("medication-review", "Medication review with the prescriber", recommended, Urgency::soon,
           "A drug that can cause this began before the onset.", {"calcium-channel-blocker"}),
      test("ferritin", "Iron panel with CRP", recommended, Urgency::soon,
           "Ferritin is low and falling.", {"low-iron", "restless-legs-syndrome"}),
      test("duplex-ultrasound", "Duplex ultrasound of the leg veins", recommended, Urgency::routine,
           "No duplex is on file.", {"chronic-venous-insufficiency"}),
      test("hba1c", "HbA1c", recommended, Urgency::routine, "Not on file.",
           {"peripheral-neuropathy"}),
      test("magnesium", "Magnesium", recommended, Urgency::routine, "Not on file.",
           {"electrolyte-imbalance"}),
      test("urine-albumin", "Urine albumin", recommended, Urgency::routine, "Not on file.",
           {"kidney-disease"}),
      test("kidney-function", "Kidney function", on_file, Urgency::routine, "", {}),
      test("creatine-kinase", "Creatine kinase", not_needed, Urgency::routine, "", {})};
  items[1].cautions = {{"Never stop a drug without the prescriber.", {}}};
  items[2].cautions = {{"Ferritin rises with inflammation; read it with CRP.", {}}};
  items[2].last_done = causes::Result{"Observation/f", date("2025-03-03"), "18", "ug/L"};
  items[7].last_done =
      causes::Result{"Observation/k", date("2025-03-03"), "71", "mL/min/{1.73_m2}"};
  return items;
}

std::vector<MedicationLine> typical_medications() {
  return {{"amlodipine",
           "calcium channel blocker",
           "10 mg",
           date("2024-12-09"),
           {},
           true,
           {},
           {"calcium-channel-blocker"}},
          {"ibuprofen", "NSAID", "400 mg", date("2024-11-04"), date("2024-11-14"), false, {}, {}},
          {"atorvastatin", "statin", "20 mg", date("2021-02"), {}, true, {}, {"statin"}}};
}

std::string stretched(std::string text, std::size_t characters) {
  if (text.empty()) text = "text";
  const auto word = text + " ";
  while (text.size() < characters) text += " " + word;
  text.resize(characters);
  return text;
}
}  // namespace

Assessment empty_assessment() {
  Assessment assessment;
  assessment.as_of = date("2025-03-14").first;
  assessment.patient.reference = "Patient/p1";
  assessment.patient.family = "Ellison";
  assessment.patient.given = "Margaret";
  assessment.patient.sex = "female";
  assessment.patient.birth = date("1962-08-08");
  assessment.patient.identifiers = {{"NHS number", "999 123 4567"}, {"MRN", "NB-204417"}};
  auto& from = assessment.provenance;
  from.pack_id = "heavy-legs";
  from.pack_version = "0.1.0";
  from.pack_title = "Heavy legs when lying down";
  from.complaint_title = "Heavy legs when lying down";
  from.article = "An article about heavy legs, retrieved 2026-11-22";
  from.disclaimer =
      "Made from one article and what is on file. It supports a decision and makes none; it does "
      "not "
      "diagnose, and it was not made for children or in pregnancy.";
  return assessment;
}

Assessment typical_assessment() {
  auto assessment = empty_assessment();
  assessment.complaint.status = ComplaintStatus::recorded;
  assessment.complaint.onset = date("2025-01-27");
  assessment.red_flags = typical_red_flags();
  assessment.causes = typical_causes();
  assessment.questions = typical_questions();
  assessment.workup = typical_workup();
  assessment.scores = {{"wells-dvt", "Wells score (DVT)", 0, 6, {"one-leg-only"}}};
  assessment.labs = typical_labs();
  assessment.labs_not_on_file = {"magnesium", "folate", "HbA1c", "albumin", "natriuretic peptide"};
  assessment.medications = typical_medications();
  assessment.medication_entries = 4;
  using enum fhir::Note::Severity;
  assessment.notes = {{information, "Observation/o3", "unit 'mcg/L' read as 'ug/L'"},
                      {warning, "Observation/o9", "unit 'foo' is not UCUM; value not used"},
                      {warning, "Bundle.entry[17]", "resourceType is absent"}};
  assessment.provenance.resources_read = 214;
  assessment.provenance.resources_used = 37;
  assessment.provenance.resources_unreadable = 3;
  return assessment;
}

Assessment alarming_assessment() {
  auto assessment = typical_assessment();
  auto& flag = assessment.red_flags.front();
  flag.status = RedFlagStatus::present;
  flag.evidence = {evidence(Says::for_it, "swelling of the left leg only, observed", "2025-03-12"),
                   evidence(Says::for_it, "yes: Did it begin suddenly?", "2025-03-12")};
  assessment.red_flags.back().status = RedFlagStatus::absent;
  assessment.banners = {{"Pregnant: the thresholds are those of adults who are not."}};
  auto& emergency = assessment.workup.front();
  emergency.urgency = Urgency::emergency;
  return assessment;
}

Assessment crowded_assessment() {
  auto assessment = alarming_assessment();
  const auto repeat = [](auto& list, std::size_t count) {
    const auto few = list;
    for (std::size_t i = 0; list.size() < count; ++i) list.push_back(few[i % few.size()]);
  };
  repeat(assessment.causes, 60);
  repeat(assessment.labs, 40);
  repeat(assessment.medications, 30);
  repeat(assessment.questions, 50);
  repeat(assessment.workup, 40);
  repeat(assessment.notes, 200);
  repeat(assessment.red_flags, 12);
  repeat(assessment.labs_not_on_file, 40);
  repeat(assessment.scores, 6);
  repeat(assessment.banners, 3);
  for (int i = 0; i < 30; ++i) assessment.allergies.push_back("penicillin");
  assessment.medication_entries = 30;
  return assessment;
}

Assessment wordy_assessment(std::size_t characters) {
  auto assessment = crowded_assessment();
  const auto stretch = [&](std::string& text) { text = stretched(text, characters); };
  for (auto& one : assessment.causes) {
    stretch(one.label);
    for (auto& entry : one.evidence) stretch(entry.text);
    for (auto& claim : one.claims) stretch(claim.text);
  }
  for (auto& flag : assessment.red_flags) {
    stretch(flag.label);
    stretch(flag.action);
    for (auto& entry : flag.evidence) stretch(entry.text);
  }
  for (auto& series : assessment.labs) {
    stretch(series.label);
    stretch(series.unit);
    for (auto& point : series.points) stretch(point.printed);
  }
  for (auto& drug : assessment.medications) {
    stretch(drug.name);
    stretch(drug.drug_class);
    stretch(drug.dose);
  }
  for (auto& question : assessment.questions) {
    stretch(question.text);
    stretch(question.effect);
  }
  for (auto& item : assessment.workup) {
    stretch(item.label);
    stretch(item.reason);
    for (auto& caution : item.cautions) stretch(caution.text);
  }
  for (auto& note : assessment.notes) stretch(note.text);
  for (auto& banner : assessment.banners) stretch(banner.text);
  for (auto& label : assessment.labs_not_on_file) stretch(label);
  for (auto& score : assessment.scores) stretch(score.label);
  for (auto& allergy : assessment.allergies) stretch(allergy);
  for (auto& identifier : assessment.patient.identifiers) stretch(identifier.value);
  stretch(assessment.patient.family);
  stretch(assessment.patient.given);
  stretch(assessment.provenance.article);
  stretch(assessment.provenance.disclaimer);
  stretch(assessment.provenance.complaint_title);
  return assessment;
}

Assessment named(Assessment assessment, std::string family, std::string given) {
  assessment.patient.family = std::move(family);
  assessment.patient.given = std::move(given);
  return assessment;
}
}  // namespace legwork::report
