#include "plugin/cards.hpp"

#include "base/sha1.hpp"
#include "plugin/card_words.hpp"
#include "plugin/markdown.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace legwork::plugin {
namespace {
using causes::Assessment;
using causes::CauseFinding;
using causes::CauseStatus;
using causes::RedFlagFinding;
using causes::RedFlagStatus;
using causes::WorkupItem;
using causes::WorkupStatus;

constexpr std::size_t most_causes = 8, most_questions = 8;

const char* word(RedFlagStatus status) {
  return status == RedFlagStatus::present ? "present" : "possible";
}
const char* word(CauseStatus status) {
  return status == CauseStatus::supported ? "supported" : "possible";
}
const char* word(causes::Urgency urgency) {
  constexpr const char* words[] = {"emergency", "same day", "soon", "routine"};
  return words[static_cast<std::size_t>(urgency)];
}

bool is_raised(const RedFlagFinding& flag) {
  return flag.status == RedFlagStatus::present || flag.status == RedFlagStatus::possible;
}
bool is_told(const CauseFinding& cause) {
  return cause.status == CauseStatus::supported || cause.status == CauseStatus::possible;
}

std::vector<Card> red_flag_cards(const CardMaterial& material) {
  Card card{"red-flags", "Red flags", {}, Indicator::warning, {}, {}, {}};
  std::vector<std::string> labels, state;
  std::string action;
  for (const auto& flag : material.assessment.red_flags) {
    if (!is_raised(flag)) continue;
    if (labels.empty()) action = ": " + flag.action;
    if (flag.status == RedFlagStatus::present) card.indicator = Indicator::critical;
    labels.push_back(fmt::format("{} ({})", flag.label, word(flag.status)));
    state.push_back(fmt::format("{}:{}", flag.id, word(flag.status)));
    for (const auto& piece : flag.evidence) state.push_back(flag.id + ':' + piece.reference);
    add_heading(fmt::format("{}: {}", escape_markdown(flag.label), word(flag.status)), card.detail);
    card.detail += fmt::format("{}\n\n", escape_markdown(flag.action));
    add_evidence(flag.evidence, "", card.detail);
    card.detail += fmt::format("\nSource: {}\n", sources_of(flag.claims));
  }
  if (labels.empty()) return {};
  card.summary = summary_of(labels.size() == 1 ? "Red flag:" : "Red flags:", labels);
  if (labels.size() == 1 && length(card.summary + action) <= longest_summary)
    card.summary += action;
  card.state = digest_of_state(std::move(state));
  add_foot(material, card.detail);
  return {std::move(card)};
}

/// The causes that a drug in use is one for.
std::set<std::string> causes_by_drugs(const Assessment& assessment) {
  std::set<std::string> ids;
  for (const auto& line : assessment.medications)
    if (line.in_use) ids.insert(line.causes.begin(), line.causes.end());
  return ids;
}

void add_cautions(const CauseFinding& cause, const Assessment& assessment, std::string& detail) {
  std::set<std::string_view> told;
  for (const WorkupItem& item : assessment.workup) {
    if (!item.codes.empty() || item.status != WorkupStatus::recommended) continue;
    if (std::ranges::find(item.causes, cause.id) == item.causes.end()) continue;
    for (const auto& caution : item.cautions)
      if (told.insert(caution.text).second)
        detail += fmt::format("- {}\n", escape_markdown(caution.text));
  }
}

std::vector<Card> drug_cards(const CardMaterial& material) {
  Card card{"drug-cause", "Drugs that are a likely cause", {}, Indicator::info, {}, {}, {}};
  const auto by_drugs = causes_by_drugs(material.assessment);
  std::vector<std::string> labels, state;
  for (const auto& cause : material.assessment.causes) {
    if (cause.status != CauseStatus::supported || !by_drugs.contains(cause.id)) continue;
    const bool told = !cause.evidence.empty() && labels.empty();
    labels.push_back(told ? fmt::format("{} ({})", cause.label, cause.evidence.front().text)
                          : cause.label);
    if (length(labels.back()) > 100) labels.back() = cause.label;  // a drug's name is not cut
    // A renewed order is a new reference and says nothing new: the rules that spoke are the state.
    state.push_back(cause.id);
    for (const auto& piece : cause.evidence)
      if (piece.says == causes::Says::for_it) state.push_back(cause.id + ':' + piece.rule);
    add_heading(escape_markdown(cause.label), card.detail);
    add_evidence(cause.evidence, "", card.detail);
    add_cautions(cause, material.assessment, card.detail);
    card.detail += fmt::format("\n{} Source: {}\n", escape_markdown(cause.would_change),
                               sources_of(cause.claims));
  }
  if (labels.empty()) return {};
  card.summary = summary_of("Likely contributor on the medication list:", labels);
  card.state = digest_of_state(std::move(state));
  add_foot(material, card.detail);
  return {std::move(card)};
}

void add_causes(const Assessment& assessment, std::vector<std::string>& state,
                std::string& detail) {
  std::size_t told = 0;
  for (const auto& cause : assessment.causes) {
    if (!is_told(cause)) continue;
    state.push_back(fmt::format("cause {}:{}", cause.id, word(cause.status)));
    if (++told > most_causes) continue;
    if (told == 1) add_heading("What the chart supports", detail);
    detail += fmt::format("- **{}**: {}\n", escape_markdown(cause.label), word(cause.status));
    add_evidence(std::span(cause.evidence).first(std::min<std::size_t>(2, cause.evidence.size())),
                 "  ", detail);
  }
}

void add_workup(const Assessment& assessment, std::vector<std::string>& labels,
                std::vector<std::string>& state, std::string& detail) {
  for (const WorkupItem& item : assessment.workup) {
    if (item.status != WorkupStatus::recommended) continue;
    if (labels.empty()) add_heading("Work-up to consider", detail);
    labels.push_back(item.label);
    state.push_back(fmt::format("test {}:{}", item.id, word(item.urgency)));
    detail += fmt::format("- **{}** ({}): {}\n", escape_markdown(item.label), word(item.urgency),
                          escape_markdown(item.reason));
    for (const auto& caution : item.cautions)
      detail += fmt::format("  - {}\n", escape_markdown(caution.text));
  }
}

void add_on_file(const Assessment& assessment, std::string& detail) {
  bool first = true;
  for (const WorkupItem& item : assessment.workup) {
    if (item.status != WorkupStatus::on_file || !item.last_done) continue;
    if (std::exchange(first, false)) add_heading("On file", detail);
    detail += fmt::format("- {}: {}\n", escape_markdown(item.label),
                          escape_markdown(in_words(*item.last_done)));
  }
}

void add_questions(const Assessment& assessment, std::string& detail) {
  const auto count = std::min(most_questions, assessment.questions.size());
  if (count > 0) add_heading("To ask", detail);
  for (std::size_t i = 0; i < count; ++i)
    detail += fmt::format("- {}\n", escape_markdown(assessment.questions[i].text));
}

/// A draft for each recommended test that a code orders.
std::vector<Suggestion> suggestions_of(const CardMaterial& material) {
  std::vector<Suggestion> made;
  for (const WorkupItem& item : material.assessment.workup) {
    if (item.status != WorkupStatus::recommended || item.codes.empty()) continue;
    Suggestion suggestion{item.id, fmt::format("Order: {}", item.label), {}};
    auto drafts = publish::service_requests(item, material.whom, material.assessment.as_of);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      const auto& code = item.codes[i];
      suggestion.actions.push_back(
          {fmt::format("Draft an order: {}", code.display.empty() ? item.label : code.display),
           std::move(drafts[i])});
    }
    made.push_back(std::move(suggestion));
  }
  return made;
}

std::vector<Card> workup_cards(const CardMaterial& material) {
  const Assessment& assessment = material.assessment;
  Card card{"work-up", "Work-up", {}, Indicator::info, {}, {}, {}};
  std::vector<std::string> labels, state;
  if (!assessment.complaint.evidence.empty()) {
    add_heading("Complaint", card.detail);
    add_evidence(assessment.complaint.evidence, "", card.detail);
  }
  add_causes(assessment, state, card.detail);
  add_workup(assessment, labels, state, card.detail);
  if (labels.empty()) return {};
  add_on_file(assessment, card.detail);
  add_questions(assessment, card.detail);
  add_foot(material, card.detail);
  card.summary = summary_of("Work-up to consider:", labels);
  card.state = digest_of_state(std::move(state));
  card.suggestions = suggestions_of(material);
  return {std::move(card)};
}
}  // namespace

std::vector<Card> cards_of(const CardMaterial& material) {
  const Assessment& assessment = material.assessment;
  std::vector<Card> cards;
  const bool silent = assessment.complaint.status != causes::ComplaintStatus::recorded ||
                      assessment.patient.deceased;
  if (silent) return cards;
  for (auto* make : {red_flag_cards, drug_cards, workup_cards})
    for (auto& card : make(material)) cards.push_back(std::move(card));
  return cards;
}

std::string cards_answer(const Assessment& assessment, const causes::Pack& pack) {
  publish::ProposedFor whom;
  whom.patient = assessment.patient.reference;
  const auto cards = cards_of({assessment, pack, {}, std::move(whom), {}});
  return to_answer(cards, {pack, "legwork-patient-view", assessment.patient.reference, {}, {}});
}

void offer_summary(const Summary& summary, const CardMaterial& material, const CardFrame& frame,
                   Card& card) {
  if (summary.pdf.size() > largest_inline_pdf) {
    card.detail +=
        fmt::format("\nThe summary as PDF has {} KB, too much for it to be filed from this card.\n",
                    summary.pdf.size() >> 10);
    return;
  }
  const auto uuid = uuid_of("summary|" + card_uuid(frame.service, frame.patient, card) + '|' +
                            iso(material.assessment.as_of));
  const publish::ProposedReport report{summary.language, summary.title,   summary.kind,
                                       summary.pdf,      summary.made_by, uuid};
  card.suggestions.push_back(
      {"file-summary",
       "File this summary",
       {{"Put the summary (PDF) into the chart as a draft note",
         publish::document_reference(report, material.whom, material.assessment.as_of)}}});
}
}  // namespace legwork::plugin
