#include "report/document_sections.hpp"

#include <algorithm>

// What changed is told in groups, most important first: a lead, and the names under it. The strip
// has few lines, so a group names a few of its lines and all groups together not many; the others
// are counted.

namespace legwork::report {
namespace {
using causes::Turn;

struct Group {
  std::string_view lead;  ///< wording key
  std::vector<std::string> names;
  Tone tone = Tone::strong;
};

std::string_view key_of(causes::RedFlagStatus status) {
  switch (status) {
    case causes::RedFlagStatus::present:
      return "red-flag.is-present";
    case causes::RedFlagStatus::possible:
      return "red-flag.is-possible";
    case causes::RedFlagStatus::not_recorded:
      return "red-flag.is-open";
    case causes::RedFlagStatus::absent:
      return "red-flag.is-absent";
  }
  return {};
}

std::string_view key_of(causes::CauseStatus status) {
  switch (status) {
    case causes::CauseStatus::supported:
      return "cause.supported";
    case causes::CauseStatus::possible:
      return "cause.possible";
    case causes::CauseStatus::undetermined:
      return "cause.undetermined";
    case causes::CauseStatus::unlikely:
      return "cause.unlikely";
  }
  return {};
}

std::string_view key_of(const causes::WorkupState& state) {
  switch (state.urgency) {
    case causes::Urgency::emergency:
      return "urgency.emergency";
    case causes::Urgency::same_day:
      return "urgency.same-day";
    case causes::Urgency::soon:
      return "urgency.soon";
    case causes::Urgency::routine:
      return "urgency.routine";
  }
  return {};
}

/// "Low iron (evidence on file)"; the label alone where these rules do not have the line any more.
template <class State>
std::string entry(const Wording& words, const causes::Change<State>& change) {
  if (!change.is) return change.label;
  return words.fill("changes.entry",
                    {{"label", change.label}, {"status", words[key_of(*change.is)]}});
}

template <class State, class Use>
void each_turned(const std::vector<causes::Change<State>>& changes, Turn turn, Use use) {
  for (const auto& change : changes)
    if (change.turn == turn) use(change);
}

template <class State>
Group turned(const Wording& words, const std::vector<causes::Change<State>>& changes, Turn turn,
             std::string_view lead) {
  Group group{lead, {}};
  each_turned(changes, turn,
              [&](const auto& change) { group.names.push_back(entry(words, change)); });
  return group;
}

void add_findings(const Wording& words, const causes::Difference& difference,
                  std::vector<Group>& groups) {
  const auto& flags = difference.red_flags;
  groups.push_back(turned(words, flags, Turn::gained, "changes.flags-gained"));
  groups.back().tone = Tone::alarm;
  groups.push_back(turned(words, flags, Turn::changed, "changes.flags-changed"));
  groups.push_back(turned(words, flags, Turn::lost, "changes.flags-lost"));
  const auto& found = difference.causes;
  groups.push_back(turned(words, found, Turn::gained, "changes.causes-gained"));
  groups.push_back(turned(words, found, Turn::lost, "changes.causes-lost"));
  groups.push_back(turned(words, found, Turn::changed, "changes.causes-changed"));
}

void add_record(const Wording& words, const causes::Since& since, std::vector<Group>& groups) {
  using Course = causes::MedicationChange::Course;
  Group started{"changes.medications-started", {}}, stopped{"changes.medications-stopped", {}},
      gone{"changes.medications-gone", {}}, results{"changes.results", {}};
  for (const auto& medication : since.medications) {
    auto& group = medication.course == Course::started   ? started
                  : medication.course == Course::stopped ? stopped
                                                         : gone;
    group.names.push_back(medication.name);
  }
  for (const auto& result : since.results) {
    const auto value = with_unit(result.latest.printed, unit_words(result.unit));
    results.names.push_back(
        words.fill("changes.result", {{"test", result.label},
                                      {"value", value},
                                      {"date", date_words(words, result.latest.date)}}));
  }
  for (auto* group : {&started, &stopped, &gone, &results}) groups.push_back(std::move(*group));
}

/// What is neither recommended now nor was then is of no interest here.
void add_tasks(const Wording& words, const causes::Difference& difference,
               std::vector<Group>& groups) {
  Group done{"changes.workup-done", {}}, not_needed{"changes.workup-not-needed", {}},
      urgency{"changes.workup-urgency", {}};
  groups.push_back(turned(words, difference.workup, Turn::gained, "changes.workup-gained"));
  each_turned(difference.workup, Turn::changed, [&](const auto& change) {
    if (change.is && change.is->status == causes::WorkupStatus::recommended)
      urgency.names.push_back(entry(words, change));
  });
  each_turned(difference.workup, Turn::lost, [&](const auto& change) {
    const bool on_file = change.is && change.is->status == causes::WorkupStatus::on_file;
    (on_file ? done : not_needed).names.push_back(change.label);
  });
  Group asked{"changes.questions-gained", {}}, settled{"changes.questions-lost", {}};
  each_turned(difference.questions, Turn::gained,
              [&](const auto& change) { asked.names.push_back(change.label); });
  each_turned(difference.questions, Turn::lost,
              [&](const auto& change) { settled.names.push_back(change.label); });
  for (auto* group : {&urgency, &done, &not_needed, &asked, &settled})
    groups.push_back(std::move(*group));
}

struct Told {
  std::vector<Text> entries;
  std::size_t untold = 0;
};

Told tell(const Wording& words, const std::vector<Group>& groups) {
  constexpr std::size_t of_one_group = 3, of_all = 10;
  Told told;
  std::size_t room = of_all;
  for (const auto& [lead, names, tone] : groups) {
    const auto named = std::min({names.size(), of_one_group, room});
    told.untold += names.size() - named;
    room -= named;
    if (named == 0) continue;
    const std::vector<std::string> first(names.begin(),
                                         names.begin() + static_cast<std::ptrdiff_t>(named));
    told.entries.push_back({{words[lead], tone}, {" " + list_words(words, first, named)}});
  }
  return told;
}
}  // namespace

Section changes_section(const Material& material) {
  const auto& words = material.words;
  const auto& since = *material.since;
  std::vector<Group> groups;
  add_findings(words, since.difference, groups);
  add_record(words, since, groups);
  add_tasks(words, since.difference, groups);

  Changes changes;
  changes.label = words.fill("changes.since", {{"date", day_words(words, since.as_of)}});
  auto told = tell(words, groups);
  changes.entries = std::move(told.entries);
  if (changes.entries.empty()) changes.entries.push_back({{words["changes.none"]}});
  if (told.untold > 0) changes.closing.push_back({words.count("changes.more", told.untold)});
  if (!since.same_rules) {
    const auto& now = material.assessment.provenance;
    if (!changes.closing.empty()) changes.closing.push_back({" "});
    changes.closing.push_back(
        {words.fill("changes.rules", {{"then", since.pack_id + ' ' + since.pack_version},
                                      {"now", now.pack_id + ' ' + now.pack_version}})});
  }
  return {SectionId::changes, "", "", std::move(changes)};
}
}  // namespace legwork::report
