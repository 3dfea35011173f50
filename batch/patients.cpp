#include "batch/patients.hpp"

#include "base/digest.hpp"
#include "batch/proposals.hpp"
#include "batch/worklist.hpp"
#include "causes/json.hpp"
#include "causes/read_assessment.hpp"
#include "causes/since.hpp"
#include "fhir/read.hpp"

#include <fmt/format.h>

#include <optional>

namespace legwork::batch {
namespace {
/// A patient's records as one Bundle, with the drugs that they refer to.
std::string bundle_of(std::span<const Record> records, const Medications& medications,
                      const Making& making) {
  std::string text = R"({"resourceType":"Bundle","type":"collection","entry":[)";
  for (const auto& record : records) {
    if (&record != records.data()) text += ',';
    text += record.json;
  }
  std::string drugs;
  medications.append_referred(text, drugs);
  if (making.is_partial)
    drugs += R"(,{"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"error"}]}})";
  return text + drugs + "]}";
}

bool is_symptomatic(const fhir::Chart& chart, const Making& making) {
  return causes::complaint_status(chart, making.pack, making.assess) ==
         causes::ComplaintStatus::recorded;
}

/// What an earlier run knew of the patient, and what changed since. Who is now under another name
/// is reported as if new.
struct Compared {
  std::optional<causes::Since> since;
  std::string digest;  // of the earlier assessment
};

Compared compare(const Making& making, const causes::Assessment& assessment,
                 std::string_view patient) {
  if (making.earlier == nullptr) return {};
  const auto text = making.earlier->find(patient);
  if (!text) return {};
  const auto earlier = causes::read_assessment(*text, "earlier run");
  if (!earlier) return {};
  auto since = causes::since(*earlier, assessment, "earlier run");
  if (!since) return {};
  return {std::move(*since), sha256(*text)};
}
}  // namespace

std::string report_name(const std::string& key, std::string_view patient) {
  return hmac_sha256(key, patient).substr(0, 32);
}

PatientResult make_patient(std::span<const Record> records, const Medications& medications,
                           const Making& making) {
  PatientResult result;
  const auto patient = records.front().patient;
  const auto text = bundle_of(records, medications, making);
  const fhir::Input input{"chart", text};
  const auto chart = fhir::read_chart({&input, 1}, making.pack.vocabulary);
  if (!chart) {
    result.why = chart.error().what;
    return result;
  }
  if (making.who == Who::symptomatic && !is_symptomatic(*chart, making)) {
    result.fate = Fate::not_symptomatic;
    return result;
  }
  const auto assessment = causes::assess(*chart, making.pack, making.assess);
  result.assessment = causes::to_json(assessment);
  const auto compared = compare(making, assessment, patient);
  if (compared.since && compared.since->nothing_changed()) {
    result.fate = Fate::unchanged;
    return result;
  }
  press::PrintOptions options;
  options.since = compared.since ? &*compared.since : nullptr;
  options.previous_digest = compared.digest;
  auto printed = making.printers.print(making.layout, assessment, making.pack, options);
  if (!printed) {
    result.why = printed.error().what;
    return result;
  }
  result.fate = Fate::reported;
  result.name = report_name(making.key, patient);
  result.pdf = std::move(printed->pdf);
  auto row = worklist_row(assessment, result.name);
  if (making.wards != nullptr) row.ward = making.wards->of(patient, assessment.patient);
  result.row = to_line(row);
  result.document = document_line(
      assessment, {result.name, making.printers.layout(making.layout)->language, result.pdf});
  result.orders = order_lines(assessment, result.name);
  return result;
}
}  // namespace legwork::batch
