#include "fhir/condition.hpp"
#include "fhir/observation.hpp"

#include <algorithm>
#include <initializer_list>

// What was done. An order for it (ServiceRequest) is never read.
// Source: https://hl7.org/fhir/R4/procedure.html, https://hl7.org/fhir/R4/diagnosticreport.html,
//         https://hl7.org/fhir/R4/imagingstudy.html

namespace legwork::fhir {
namespace {
constexpr Wanted procedure_elements[] = {"code", "performed[x]", "occurrence[x]", "notDone"};
constexpr Wanted imaging_elements[] = {"procedureCode", "description", "started"};
constexpr Wanted report_elements[] = {"code",           "effective[x]",   "issued",
                                      "conclusionCode", "codedDiagnosis", "conclusion",
                                      "contained"};

bool is_one_of(std::string_view status, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), status) != list.end();
}

void add_procedures(const Meanings& meanings, Procedure made, Reading& reading) {
  made.reference = reading.reference;
  for (const auto& meaning : meanings) {
    made.id = meaning.id;
    made.matched_by = meaning.matched_by;
    reading.facts.procedures.push_back(made);
  }
}

void read_procedure(const Element& procedure, Reading& reading) {
  const std::string_view status = code_of(procedure.find("status"));
  if (is_one_of(status,
                {"preparation", "not-done", "on-hold", "stopped", "suspended", "aborted"})) {
    return;
  }
  const Element code = procedure.coded("code");
  const auto meanings = recognize(code, Kind::procedure, reading.vocabulary);
  if (meanings.empty() || procedure.boolean("notDone") == true) return;
  Procedure made;
  made.name = words_of(code);
  made.date = span_of(read_when(procedure, "performed", reading));
  if (!made.date) made.date = span_of(read_when(procedure, "occurrence", reading));
  add_procedures(meanings, std::move(made), reading);
}

void read_imaging_study(const Element& study, Reading& reading) {
  if (is_one_of(code_of(study.find("status")), {"registered", "cancelled"})) return;
  const std::string_view description = study.text("description");
  const auto date = read_date(study.find("started"), reading);
  for (const Element code : study.each("procedureCode")) {
    const auto meanings = recognize(code, Kind::procedure, reading.vocabulary);
    const std::string_view words = words_of(code);
    Procedure made;
    made.name = words.empty() ? description : words;
    made.date = date;
    add_procedures(meanings, std::move(made), reading);
  }
  if (!reading.facts.procedures.empty() || description.empty()) return;
  Meanings by_name;
  reading.vocabulary.find_names(Kind::procedure, description, by_name);
  Procedure made;
  made.name = description;
  made.date = date;
  add_procedures(by_name, std::move(made), reading);
}

/// A coded conclusion is a finding of the patient; one of a preliminary report may still change.
void read_conclusions(const Element& report, std::optional<DateSpan> date, Reading& reading) {
  const std::string_view status = code_of(report.find("status"));
  for (const std::string_view name : {"conclusionCode", "codedDiagnosis"}) {
    for (const Element code : report.each(name)) {
      Condition made;
      made.origin = Condition::Origin::report;
      made.clinical = Condition::Clinical::active;
      made.recorded = date;
      if (is_one_of(status, {"preliminary", "partial"})) {
        made.certainty = Condition::Certainty::suspected;
      }
      add_conditions(code, recognize(code, Kind::condition, reading.vocabulary), std::move(made),
                     reading);
    }
  }
}

void read_report(const Element& report, Reading& reading) {
  if (is_one_of(code_of(report.find("status")), {"registered", "cancelled"})) return;
  const Element code = report.coded("code");
  const auto meanings = recognize(code, Kind::procedure, reading.vocabulary);
  const bool concludes = report.find("conclusionCode") || report.find("codedDiagnosis");
  if (!meanings.empty() || concludes) {
    auto date = span_of(read_when(report, "effective", reading));
    if (!date) date = read_date(report.find("issued"), reading);
    Procedure made;
    made.name = words_of(code);
    made.date = date;
    made.conclusion = report.text("conclusion");
    add_procedures(meanings, std::move(made), reading);
    read_conclusions(report, date, reading);
  }
  for (const Element inside : report.each("contained")) {
    if (inside.text("resourceType") != "Observation") continue;
    if (code_of(inside.find("status")) == "entered-in-error") continue;
    const std::string reference = reading.reference + "#" + std::string(inside.text("id"));
    Reading contained{reading.vocabulary, reference, reading.facts};
    read_observation(inside, contained);
  }
}

constexpr std::string_view code_alone[] = {"code"};
constexpr std::string_view conclusions[] = {"conclusionCode", "codedDiagnosis", "contained"};

bool is_no_procedure(const Element& resource, const Vocabulary& vocabulary) {
  return recognize(resource.coded("code"), Kind::procedure, vocabulary).empty();
}
}  // namespace

constexpr Rule procedure_rule{
    "Procedure", procedure_elements, read_procedure, {code_alone, {}, {}, is_no_procedure}};
constexpr Rule imaging_study_rule{"ImagingStudy", imaging_elements, read_imaging_study};
constexpr Rule diagnostic_report_rule{"DiagnosticReport",
                                      report_elements,
                                      read_report,
                                      {code_alone, {}, conclusions, is_no_procedure}};
}  // namespace legwork::fhir
