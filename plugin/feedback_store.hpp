#pragma once

#include "base/result.hpp"
#include "plugin/feedback.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::plugin {
/// A card that was shown. No patient data: `patient` and `user` are keyed hashes.
struct ShownCard {
  std::string uuid, service, concern, state, patient, user;
  std::string client, tenant;  ///< whose EHR, and where: of Caller
  std::string pack;            ///< "heavy-legs 0.1.0"
};

/// A line of the export: what the certification criterion (b)(11) asks for.
struct FeedbackLine {
  std::string time;  ///< of the outcome; where the client sent none, of its arrival
  std::string client, tenant, service;
  std::string intervention;  ///< the card's concern
  std::string card;          ///< uuid
  std::string outcome;       ///< "accepted" or "overridden"
  std::string action;        ///< what was accepted: "ferritin kidney-function file-summary"
  std::string reason_system, reason_code;
  std::string commented;  ///< "yes": the user wrote a comment, which is not kept
  std::string user;       ///< keyed hash of who was shown the card last
  std::string pack;
};

/// What came of cards, in an SQLite file. Any thread may call, several at a time. What cannot be
/// kept is an error, never an end: a card is then shown again.
class FeedbackStore {
 public:
  /// Opens the file, or makes it. Errors: malformed    no database of legwork, or damaged
  ///                                      unavailable  the system refuses
  static Result<std::unique_ptr<FeedbackStore>> open(const std::string& path);
  ~FeedbackStore();

  /// Whether any of the cards was accepted or overridden.
  Result<bool> is_answered(std::span<const std::string> uuids);
  /// Remembers a card, so that feedback on it can be told from feedback on nothing.
  Result<void> show(const ShownCard& card, std::string_view now);
  /// Keeps what is about cards that were shown; the rest is passed over. `name`: the names of the
  /// suggestions that were accepted, for each piece of feedback. Returns how many were kept.
  Result<std::size_t> keep(std::span<const Feedback> feedback, std::span<const std::string> actions,
                           std::string_view now);
  /// All lines from a time on ("" for all), oldest first.
  Result<std::vector<FeedbackLine>> lines(std::string_view since);

 private:
  struct Connection;
  explicit FeedbackStore(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
};
}  // namespace legwork::plugin
