#include "plugin/card_words.hpp"
#include "plugin/markdown.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace legwork::plugin {
namespace {
using causes::OrderFinding;
using causes::WorkupItem;

Card card_of(const OrderFinding& finding, const CardMaterial& material) {
  Card card{"order." + finding.id, finding.label + " about to be ordered", {}, {}, {}, {}, {}};
  card.indicator =
      finding.level == causes::DrugOrder::Level::warning ? Indicator::warning : Indicator::info;
  const auto drugs = fmt::format("{}", fmt::join(finding.drugs, ", "));
  card.summary = cut_at_word(finding.why, longest_summary);
  if (const auto with = fmt::format("{}: {}", drugs, finding.why); length(with) <= longest_summary)
    card.summary = with;

  card.detail = fmt::format("**{}**: {}\n", escape_markdown(drugs), escape_markdown(finding.why));
  if (finding.systemic == causes::Truth::unknown)
    card.detail += "\nThe order does not tell whether it is for local use.\n";
  add_heading("On record", card.detail);
  add_evidence(finding.evidence, "", card.detail);
  add_heading("To consider", card.detail);
  std::vector<causes::ClaimText> claims{finding.claim};
  for (const auto& consider : finding.consider) {
    card.detail += fmt::format("- {} ({})\n", escape_markdown(consider.text),
                               escape_markdown(consider.claim.source));
    claims.push_back(consider.claim);
  }
  card.detail += fmt::format("\nSource: {}\n", sources_of(claims));
  add_foot(material, card.detail);

  // The drugs are part of the state, the drafts' ids are not: they are new with each draft.
  std::vector<std::string> state = finding.drugs;
  for (const auto& piece : finding.evidence) state.push_back(piece.reference);
  card.state = digest_of_state(std::move(state));
  return card;
}

Card card_of(std::span<const WorkupItem* const> on_file, const CardMaterial& material) {
  Card card{"on-file", "Tests that are on file", {}, Indicator::info, {}, {}, {}};
  std::vector<std::string> items, state;
  add_heading("On file, and recent", card.detail);
  for (const WorkupItem* item : on_file) {
    const auto result = item->last_done ? in_words(*item->last_done) : std::string();
    items.push_back(fmt::format("{} ({})", item->label, result));
    if (length(items.back()) > 100) items.back() = item->label;  // a result is told whole or not
    state.push_back(item->id + ':' + (item->last_done ? item->last_done->reference : ""));
    const auto reference = item->last_done ? item->last_done->reference : std::string();
    card.detail += fmt::format("- **{}**: {} ({})\n", escape_markdown(item->label),
                               escape_markdown(result), escape_markdown(reference));
  }
  add_foot(material, card.detail);
  card.summary = summary_of("On file:", items);
  card.state = digest_of_state(std::move(state));
  return card;
}
}  // namespace

std::vector<Card> order_cards(const CardMaterial& material, std::span<const OrderFinding> findings,
                              std::span<const WorkupItem* const> on_file) {
  std::vector<Card> cards;
  for (const OrderFinding& finding : findings) cards.push_back(card_of(finding, material));
  const bool recorded = material.assessment.complaint.status == causes::ComplaintStatus::recorded &&
                        !material.assessment.patient.deceased;
  if (recorded && !on_file.empty()) cards.push_back(card_of(on_file, material));
  return cards;
}
}  // namespace legwork::plugin
