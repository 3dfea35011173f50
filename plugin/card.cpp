#include "plugin/card.hpp"

#include "base/digest.hpp"
#include "base/sha1.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace legwork::plugin {
namespace {
using publish::Json;

struct Reason {
  const char* code;
  const char* display;
};

/// Why a card is not followed. Source:
/// http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes (CDS Hooks 3.0.0-ballot), whose
/// words these are to the letter, the asterisk too.
constexpr const char* reasons_system =
    "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes";
constexpr Reason reasons[] = {
    {"action-completed", "Recommended action was already completed"},
    {"cds-not-applicable", "PC CDS does not apply to patient"},
    {"action-not-priority",
     "Recommended action is not relevant or a priority in current state of health"},
    {"patient-contraindication", "Patient has contraindication to recommended action"},
    {"recipient-disagrees-evidence",
     "Recipient disagrees with recommendation because of issues with the evidence"},
    {"patient-refuses", "Patient refuses/declines (no context given)*"}};

const char* word(Indicator indicator) {
  switch (indicator) {
    case Indicator::critical:
      return "critical";
    case Indicator::warning:
      return "warning";
    case Indicator::info:
      break;
  }
  return "info";
}

/// "https://legwork.example.org/fhir/CodeSystem/heavy-legs-concern": beside the pack's
/// questionnaire.
std::string topics(const causes::Pack& pack) {
  const auto base = pack.questionnaire.substr(0, pack.questionnaire.find("/Questionnaire/"));
  return fmt::format("{}/CodeSystem/{}-concern", base, pack.provenance.pack_id);
}

Json source(const Card& card, const CardFrame& frame) {
  const auto& from = frame.pack.provenance;
  return Json::Object{{"label", fmt::format("legwork: {} (pack {} {})", from.pack_title,
                                            from.pack_id, from.pack_version)},
                      {"url", frame.base_url.empty() ? "" : frame.base_url + "/basis"},
                      {"topic", Json::Object{{"system", topics(frame.pack)},
                                             {"code", card.concern},
                                             {"display", card.title}}}};
}

Json action(const Suggestion::Action& of) {
  return Json::Object{
      {"type", "create"}, {"description", of.description}, {"resource", of.resource}};
}

Json suggestion(const Suggestion& of, const std::string& card) {
  Json::Array actions;
  for (const auto& one : of.actions) actions.push_back(action(one));
  return Json::Object{
      {"label", of.label}, {"uuid", suggestion_uuid(card, of.id)}, {"actions", std::move(actions)}};
}

Json override_reasons() {
  Json::Array list;
  for (const auto& [code, display] : reasons)
    list.push_back(Json::Object{{"code", code}, {"system", reasons_system}, {"display", display}});
  return list;
}

Json links(const Card& card, const CardFrame& frame) {
  if (frame.launch_url.empty()) return "";
  return Json::Array{Json::Object{{"label", "Open the work-up, answer the open questions"},
                                  {"url", frame.launch_url},
                                  {"type", "smart"},
                                  {"appContext", "concern=" + card.concern}}};
}
}  // namespace

std::string card_uuid(std::string_view service, std::string_view patient, const Card& card) {
  return uuid_of(fmt::format("card|{}|{}|{}|{}", service, patient, card.concern, card.state));
}

std::string suggestion_uuid(std::string_view card_uuid, std::string_view suggestion) {
  return uuid_of(fmt::format("suggestion|{}|{}", card_uuid, suggestion));
}

std::string digest_of_state(std::vector<std::string> parts) {
  std::ranges::sort(parts);
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  return sha256(fmt::format("{}", fmt::join(parts, "\n"))).substr(0, 16);
}

bool is_override_reason(std::string_view system, std::string_view code) {
  return system == reasons_system &&
         std::ranges::any_of(reasons, [&](const Reason& reason) { return code == reason.code; });
}

Json to_json(const Card& card, const CardFrame& frame) {
  const auto uuid = card_uuid(frame.service, frame.patient, card);
  Json::Array suggestions;
  for (const auto& one : card.suggestions) suggestions.push_back(suggestion(one, uuid));
  return Json::Object{{"uuid", uuid},
                      {"summary", card.summary},
                      {"detail", card.detail},
                      {"indicator", word(card.indicator)},
                      {"source", source(card, frame)},
                      {"suggestions", std::move(suggestions)},
                      {"selectionBehavior", card.suggestions.empty() ? "" : "any"},
                      {"overrideReasons", override_reasons()},
                      {"links", links(card, frame)}};
}

std::string to_answer(const std::vector<Card>& cards, const CardFrame& frame) {
  if (cards.empty()) return R"({"cards":[]})";
  Json::Array list;
  for (const auto& card : cards) list.push_back(to_json(card, frame));
  return publish::to_line(Json::Object{{"cards", std::move(list)}});
}
}  // namespace legwork::plugin
