#include "causes/json.hpp"

#include <boost/json.hpp>

#include <array>

namespace legwork::causes {
namespace {
namespace json = boost::json;

template <std::size_t N>
std::string_view at(const std::array<std::string_view, N>& words, auto value) {
  return words[static_cast<std::size_t>(value)];
}

template <class T, class Write>
json::array each(const std::vector<T>& values, Write write) {
  json::array out;
  out.reserve(values.size());
  for (const T& value : values) out.push_back(write(value));
  return out;
}

json::array strings(const std::vector<std::string>& values) {
  return each(values, [](const std::string& value) { return json::value(value); });
}

/// Members that have nothing to say are left out: FHIR and CDS Hooks know no null.
void put(json::object& into, std::string_view name, const std::string& value) {
  if (!value.empty()) into[name] = value;
}
void put(json::object& into, std::string_view name, const std::optional<DateSpan>& date) {
  if (date) into[name] = iso(*date);
}

json::value evidence(const Evidence& from) {
  json::object out;
  put(out, "reference", from.reference);
  put(out, "date", from.date);
  out["says"] = word(from.says);
  out["text"] = from.text;
  put(out, "rule", from.rule);
  put(out, "claim", from.claim);
  return out;
}

json::value claim(const ClaimText& from) { return json::value(from.id); }

json::value patient(const fhir::Patient& from) {
  json::object out;
  put(out, "reference", from.reference);
  put(out, "name", full_name(from));
  put(out, "birthDate", from.birth);
  put(out, "sex", from.sex);
  return out;
}

json::value banner(const BannerShown& from) {
  json::object out{{"text", from.text}, {"claim", claim(from.claim)}};
  put(out, "rule", from.rule);
  return out;
}

json::value complaint(const Complaint& from) {
  json::object out{{"status", word(from.status)}};
  put(out, "onset", from.onset);
  out["evidence"] = each(from.evidence, evidence);
  return out;
}

json::value red_flag(const RedFlagFinding& from) {
  return json::object{{"id", from.id},
                      {"label", from.label},
                      {"status", word(from.status)},
                      {"action", from.action},
                      {"claims", each(from.claims, claim)},
                      {"evidence", each(from.evidence, evidence)},
                      {"unknown", strings(from.unknown)}};
}

json::value cause(const CauseFinding& from) {
  json::object out{{"id", from.id},
                   {"label", from.label},
                   {"origin", word(from.origin)},
                   {"status", word(from.status)},
                   {"strength", from.strength},
                   {"claims", each(from.claims, claim)},
                   {"evidence", each(from.evidence, evidence)},
                   {"unknown", strings(from.unknown)}};
  put(out, "wouldChange", from.would_change);
  return out;
}

json::value question(const OpenQuestion& from) {
  return json::object{{"id", from.id},
                      {"label", from.label},
                      {"text", from.text},
                      {"type", from.type},
                      {"decides", strings(from.decides)}};
}

json::value result(const Result& from) {
  json::object out;
  put(out, "date", from.date);
  put(out, "value", from.value);
  put(out, "unit", from.unit);
  out["reference"] = from.reference;
  return out;
}

json::value code(const WorkupItem::Code& from) {
  json::object out{{"system", from.system}, {"code", from.code}};
  put(out, "display", from.display);
  return out;
}

json::value caution(const WorkupItem::Caution& from) {
  return json::object{{"text", from.text}, {"claim", claim(from.claim)}};
}

json::value item(const WorkupItem& from) {
  json::object out{{"id", from.id},
                   {"label", from.label},
                   {"status", word(from.status)},
                   {"urgency", word(from.urgency)},
                   {"for", strings(from.causes)},
                   {"reason", from.reason},
                   {"codes", each(from.codes, code)},
                   {"claim", claim(from.claim)},
                   {"cautions", each(from.cautions, caution)}};
  put(out, "rule", from.rule);
  if (from.last_done) out["lastDone"] = result(*from.last_done);
  return out;
}

json::value medication(const MedicationLine& from) {
  json::object out{{"name", from.name}, {"inUse", from.in_use}};
  put(out, "class", from.drug_class);
  put(out, "dose", from.dose);
  put(out, "start", from.start);
  put(out, "end", from.end);
  out["references"] = strings(from.references);
  out["for"] = strings(from.causes);
  return out;
}

json::array latest_results(const std::vector<LabSeries>& labs) {
  json::array out;
  for (const auto& lab : labs) {
    if (lab.points.empty()) continue;
    const auto& point = lab.points.back();
    out.push_back(
        json::object{{"id", lab.id},
                     {"label", lab.label},
                     {"latest", result({point.reference, point.date, point.printed, lab.unit})}});
  }
  return out;
}

json::value score(const Score& from) {
  return json::object{{"id", from.id},
                      {"label", from.label},
                      {"low", from.low},
                      {"high", from.high},
                      {"unknown", strings(from.unknown)},
                      {"claim", claim(from.claim)}};
}

json::value cited(const CitedClaim& from) {
  json::object out{{"id", from.claim.id},
                   {"text", from.claim.text},
                   {"origin", word(from.claim.origin)},
                   {"source", from.claim.source},
                   {"citation", from.citation}};
  put(out, "url", from.url);
  put(out, "verified", from.verified);
  return out;
}

json::value note(const fhir::Note& from) {
  const bool warning = from.severity == fhir::Note::Severity::warning;
  return json::object{{"severity", warning ? "warning" : "information"},
                      {"reference", from.reference},
                      {"text", from.text}};
}

/// Whose rules these are: the 13 source attributes that regulators ask for, and what it is not.
json::value pack(const Provenance& from) {
  json::array attributes;
  for (const auto& [name, text] : from.attributes)
    attributes.push_back(json::object{{"name", name}, {"text", text}});
  return json::object{{"id", from.pack_id},
                      {"version", from.pack_version},
                      {"title", from.pack_title},
                      {"article", from.article},
                      {"sourceAttributes", std::move(attributes)},
                      {"disclaimer", from.disclaimer}};
}
}  // namespace

std::string_view word(CauseStatus status) {
  constexpr std::array<std::string_view, 4> words = {"supported", "possible", "undetermined",
                                                     "unlikely"};
  return at(words, status);
}
std::string_view word(RedFlagStatus status) {
  constexpr std::array<std::string_view, 4> words = {"present", "possible", "not-recorded",
                                                     "absent"};
  return at(words, status);
}
std::string_view word(WorkupStatus status) {
  constexpr std::array<std::string_view, 3> words = {"recommended", "on-file", "not-needed"};
  return at(words, status);
}
std::string_view word(Urgency urgency) {
  constexpr std::array<std::string_view, 4> words = {"emergency", "same-day", "soon", "routine"};
  return at(words, urgency);
}
std::string_view word(ComplaintStatus status) {
  return status == ComplaintStatus::recorded ? "recorded" : "not-recorded";
}
std::string_view word(Origin origin) { return origin == Origin::article ? "article" : "guideline"; }
std::string_view word(Says says) {
  constexpr std::array<std::string_view, 3> words = {"for", "against", "context"};
  return at(words, says);
}

std::string full_name(const fhir::Patient& patient) {
  std::string name = patient.given;
  if (!name.empty() && !patient.family.empty()) name += ' ';
  name += patient.family;
  return name.empty() ? patient.name_text : name;
}

std::string to_json(const Assessment& from) {
  const Provenance& source = from.provenance;
  json::object out{{"schemaVersion", assessment_schema_version},
                   {"pack", pack(source)},
                   {"asOf", iso(from.as_of)},
                   {"patient", patient(from.patient)},
                   {"banners", each(from.banners, banner)},
                   {"complaint", complaint(from.complaint)},
                   {"redFlags", each(from.red_flags, red_flag)},
                   {"causes", each(from.causes, cause)},
                   {"questions", each(from.questions, question)},
                   {"workup", each(from.workup, item)},
                   {"scores", each(from.scores, score)},
                   {"medications", each(from.medications, medication)},
                   {"results", latest_results(from.labs)},
                   {"notes", each(from.notes, note)},
                   {"claims", each(from.claims, cited)},
                   {"resources", json::object{{"read", source.resources_read},
                                              {"used", source.resources_used},
                                              {"unreadable", source.resources_unreadable}}}};
  return json::serialize(out);
}
}  // namespace legwork::causes
