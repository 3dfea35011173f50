#pragma once

#include "causes/pack.hpp"
#include "publish/fhir_json.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::plugin {
enum class Indicator : std::uint8_t { info, warning, critical };

/// The specification says fewer than 140 characters.
inline constexpr std::size_t longest_summary = 139;

struct Suggestion {
  struct Action {
    std::string description;
    publish::Json::Object resource;  ///< to be created
  };
  std::string id;  ///< of the pack's test, or "file-summary": what accepting it did
  std::string label;
  std::vector<Action> actions;  ///< at least one; all of them are taken
};

/// One card, before it is written. There is at most one for each concern.
struct Card {
  std::string concern;  ///< "red-flags", "drug-cause", "work-up", "on-file", "order.<rule>"
  std::string title;    ///< the concern in words: the topic's display
  std::string state;    ///< digest of what it rests on: the same state says nothing new
  Indicator indicator = Indicator::info;
  std::string summary;  ///< at most longest_summary; plain text
  std::string detail;   ///< GitHub-Flavored Markdown
  std::vector<Suggestion> suggestions;
};

/// What all cards of one answer share.
struct CardFrame {
  const causes::Pack& pack;
  std::string service;     ///< id
  std::string patient;     ///< keyed hash; tells patients apart and names none
  std::string base_url;    ///< of legwork: "https://legwork.example.org"; may be ""
  std::string launch_url;  ///< of the SMART page; "" where there is none
};

/// The same service, patient, concern and state: the same UUID, on every machine with the same key.
std::string card_uuid(std::string_view service, std::string_view patient, const Card& card);
std::string suggestion_uuid(std::string_view card_uuid, std::string_view suggestion);

/// What is unlike in no two calls about the same findings, in 16 hexadecimal digits.
std::string digest_of_state(std::vector<std::string> parts);

/// Whether a reason for not following a card is one of those that cards offer.
bool is_override_reason(std::string_view system, std::string_view code);

/// A card in the form of CDS Hooks 2.0, which 1.1 and 3.0 understand.
/// Source: https://cds-hooks.hl7.org/2.0/#card-attributes
publish::Json to_json(const Card& card, const CardFrame& frame);

/// The answer of a service; {"cards":[]} where there is nothing to say.
std::string to_answer(const std::vector<Card>& cards, const CardFrame& frame);
}  // namespace legwork::plugin
