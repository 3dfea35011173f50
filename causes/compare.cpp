#include "causes/compare.hpp"

#include <string_view>
#include <unordered_map>

namespace legwork::causes {
namespace {
CauseStatus state_of(const CauseFinding& cause) { return cause.status; }
RedFlagStatus state_of(const RedFlagFinding& flag) { return flag.status; }
QuestionState state_of(const OpenQuestion&) { return {}; }
/// How urgent something is that nobody should do is of no interest.
WorkupState state_of(const WorkupItem& item) {
  const bool recommended = item.status == WorkupStatus::recommended;
  return {item.status, recommended ? item.urgency : Urgency::routine};
}

bool stands(CauseStatus status) {
  return status == CauseStatus::supported || status == CauseStatus::possible;
}
bool stands(RedFlagStatus status) {
  return status == RedFlagStatus::present || status == RedFlagStatus::possible;
}
bool stands(const WorkupState& state) { return state.status == WorkupStatus::recommended; }
bool stands(QuestionState) { return true; }

template <class State>
Turn turn_of(const std::optional<State>& was, const std::optional<State>& is) {
  const bool stood = was && stands(*was);
  const bool now_stands = is && stands(*is);
  if (stood == now_stands) return Turn::changed;
  return now_stands ? Turn::gained : Turn::lost;
}

template <class Line, class State>
void compare_lines(const std::vector<Line>& old, const std::vector<Line>& now,
                   std::vector<Change<State>>& changes) {
  const auto add = [&](const Line& line, std::optional<State> was, std::optional<State> is) {
    if (was != is) changes.push_back({line.id, line.label, was, is, turn_of(was, is)});
  };
  std::unordered_map<std::string_view, const Line*> before;
  for (const Line& line : old) before.emplace(line.id, &line);
  for (const Line& line : now) {
    const auto found = before.find(line.id);
    const bool is_new = found == before.end();
    add(line, is_new ? std::nullopt : std::optional(state_of(*found->second)), state_of(line));
    if (!is_new) before.erase(found);
  }
  for (const Line& line : old) {
    if (before.contains(line.id)) add(line, state_of(line), {});
  }
}
}  // namespace

bool Difference::empty() const {
  return red_flags.empty() && causes.empty() && workup.empty() && questions.empty();
}

Difference compare(const Assessment& old, const Assessment& now) {
  Difference difference;
  compare_lines(old.red_flags, now.red_flags, difference.red_flags);
  compare_lines(old.causes, now.causes, difference.causes);
  compare_lines(old.workup, now.workup, difference.workup);
  compare_lines(old.questions, now.questions, difference.questions);
  return difference;
}

std::string_view word(Turn turn) {
  switch (turn) {
    case Turn::gained:
      return "gained";
    case Turn::lost:
      return "lost";
    case Turn::changed:
      return "changed";
  }
  return {};
}
}  // namespace legwork::causes
