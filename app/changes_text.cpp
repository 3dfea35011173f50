#include "app/changes_text.hpp"

#include "base/text.hpp"
#include "causes/json.hpp"

#include <fmt/format.h>

#include <string_view>

namespace legwork::app {
namespace {
using namespace causes;

std::string says(RedFlagStatus status) { return std::string(word(status)); }
std::string says(CauseStatus status) { return std::string(word(status)); }
std::string says(QuestionState) { return "open"; }
std::string says(const WorkupState& state) {
  const auto status = word(state.status);
  if (state.status != WorkupStatus::recommended) return std::string(status);
  return fmt::format("{}, {}", status, word(state.urgency));
}

void add_line(std::string_view name, std::string_view what, std::string& text) {
  text += fmt::format("  {:<46} {}\n", printable(name), printable(what));
}

/// "was undetermined, is supported"; a line that only one of them has says so.
template <class State>
void add(const std::vector<Change<State>>& changes, std::string_view when_gone, std::string& text) {
  for (const auto& change : changes) {
    if (!change.is)
      add_line(change.label, when_gone, text);
    else if (!change.was)
      add_line(change.label, "new: " + says(*change.is), text);
    else
      add_line(change.label, fmt::format("was {}, is {}", says(*change.was), says(*change.is)),
               text);
  }
}

std::string_view says(MedicationChange::Course course) {
  switch (course) {
    case MedicationChange::Course::started:
      return "started";
    case MedicationChange::Course::stopped:
      return "stopped";
    case MedicationChange::Course::no_longer_listed:
      return "no longer on the list";
  }
  return {};
}
}  // namespace

std::string to_text(const Since& since) {
  auto text = fmt::format("Since {}\n", iso(since.as_of));
  if (!since.same_rules)
    text += fmt::format("  The rules changed too: {} {} then.\n", printable(since.pack_id),
                        printable(since.pack_version));
  if (since.nothing_changed()) return text + "  Nothing has changed.\n\n";
  constexpr std::string_view not_in_pack = "no longer in the pack";
  add(since.difference.red_flags, not_in_pack, text);
  add(since.difference.causes, not_in_pack, text);
  for (const auto& medication : since.medications)
    add_line(medication.name, says(medication.course), text);
  for (const auto& result : since.results)
    add_line(result.label,
             fmt::format("new result {} {} ({})", result.latest.printed, result.unit,
                         iso(result.latest.date)),
             text);
  add(since.difference.workup, not_in_pack, text);
  add(since.difference.questions, "no longer open", text);
  return text + "\n";
}
}  // namespace legwork::app
