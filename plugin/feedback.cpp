#include "plugin/feedback.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

namespace legwork::plugin {
namespace {
namespace dom = simdjson::dom;

/// More in one batch than any client collects; each is at most so long.
constexpr std::size_t most_entries = 1000, longest_text = 200;

std::string text_of(const dom::element& at, std::string_view name) {
  std::string_view text;
  if (at[name].get_string().get(text)) return {};
  return std::string(text.substr(0, longest_text));
}

tl::unexpected<Error> refuse_entry(std::size_t index, std::string_view member,
                                   std::string_view what) {
  return refuse(ErrorKind::malformed, fmt::format("feedback[{}]{}", index, member),
                std::string(what));
}

/// In the time zone of RFC 3339, with "T": what can be compared and exported.
bool is_time(std::string_view text) {
  constexpr std::string_view form = "0000-00-00T00:00:00";
  if (text.size() < form.size() + 1) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (form[i] == '0' ? !digit : text[i] != form[i]) return false;
  }
  const auto rest = text.substr(form.size());
  return std::ranges::all_of(rest, [](char c) {
    return std::string_view("0123456789.:+-Z").find(c) != std::string_view::npos;
  });
}

void read_accepted(const dom::element& entry, Feedback& made) {
  dom::array list;
  if (entry["acceptedSuggestions"].get_array().get(list)) return;
  for (const dom::element one : list)
    if (auto id = text_of(one, "id"); !id.empty() && made.accepted.size() < most_entries)
      made.accepted.push_back(std::move(id));
}

void read_override(const dom::element& entry, Feedback& made) {
  dom::element reason, coding;
  if (entry["overrideReason"].get(reason)) return;
  made.commented = !text_of(reason, "userComment").empty();
  if (reason["reason"].get(coding)) return;
  made.reason_system = text_of(coding, "system");
  made.reason_code = text_of(coding, "code");
}

Result<Feedback> read_entry(const dom::element& entry, std::size_t index) {
  if (!entry.is_object()) return refuse_entry(index, "", "must be an object");
  Feedback made;
  made.card = text_of(entry, "card");
  if (made.card.empty()) return refuse_entry(index, ".card", "is missing; send the card's uuid");
  const auto outcome = text_of(entry, "outcome");
  if (outcome != "accepted" && outcome != "overridden")
    return refuse_entry(index, ".outcome", "must be 'accepted' or 'overridden'");
  made.outcome =
      outcome == "accepted" ? Feedback::Outcome::accepted : Feedback::Outcome::overridden;
  if (const auto time = text_of(entry, "outcomeTimestamp"); is_time(time)) made.time = time;
  if (made.outcome == Feedback::Outcome::accepted) read_accepted(entry, made);
  if (made.outcome == Feedback::Outcome::overridden) read_override(entry, made);
  return made;
}
}  // namespace

Result<std::vector<Feedback>> read_feedback(std::string_view body) {
  dom::parser parser;
  dom::element root;
  dom::array list;
  if (body.empty() || parser.parse(body.data(), body.size()).get(root))
    return refuse(ErrorKind::malformed, "body", "is not well-formed JSON in UTF-8");
  if (root["feedback"].get_array().get(list))
    return refuse(ErrorKind::malformed, "feedback", "is missing; send a list with an entry a card");
  if (list.size() > most_entries)
    return refuse(
        ErrorKind::malformed, "feedback",
        fmt::format("has more than {} entries; send them in several calls", most_entries));
  std::vector<Feedback> all;
  for (const dom::element entry : list) {
    auto one = read_entry(entry, all.size());
    if (!one) return tl::unexpected(one.error());
    all.push_back(std::move(*one));
  }
  return all;
}
}  // namespace legwork::plugin
