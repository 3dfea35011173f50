#pragma once

#include "causes/assessment.hpp"
#include "causes/orders.hpp"
#include "plugin/card.hpp"
#include "plugin/prefetch.hpp"
#include "publish/fhir_proposals.hpp"

#include <span>
#include <string>
#include <vector>

namespace legwork::plugin {
/// What the cards of one answer are made from.
struct CardMaterial {
  const causes::Assessment& assessment;
  const causes::Pack& pack;
  std::span<const Unseen> unseen;  ///< parts of the chart: every card names them
  publish::ProposedFor whom;       ///< that a suggestion's resources are for
  std::string base_url;            ///< may be ""
};

/// What there is to say unasked: nothing, unless the chart records the complaint or a red flag is
/// present or possible (alert fatigue is a fault). At most one card each for red flags, for drugs
/// that are a likely cause, and for the work-up.
std::vector<Card> cards_of(const CardMaterial& material);

/// What there is to say to orders: a card for each of the pack's rules that speaks, and one for the
/// tests that are on file, where the complaint is recorded.
std::vector<Card> order_cards(const CardMaterial& material,
                              std::span<const causes::OrderFinding> findings,
                              std::span<const causes::WorkupItem* const> on_file);

/// The answer of legwork-patient-view as a client would get it that calls with the whole chart and
/// without a server: for the command line.
std::string cards_answer(const causes::Assessment& assessment, const causes::Pack& pack);

/// The pages that go with a work-up card, to be filed.
struct Summary {
  std::string language, title, kind;
  std::string pdf;
  std::string made_by;  ///< "legwork 0.1.0"
};

/// FHIR's limit on a string, 1 MB, holds this much of a PDF in base64.
inline constexpr std::size_t largest_inline_pdf = std::size_t{750} << 10;

/// Adds the suggestion to file the pages; of pages that are too large the card says so.
void offer_summary(const Summary& summary, const CardMaterial& material, const CardFrame& frame,
                   Card& card);
}  // namespace legwork::plugin
