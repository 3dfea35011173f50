#include "app/pack_diff_output.hpp"

#include "base/text.hpp"
#include "causes/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <map>
#include <string_view>
#include <utility>

namespace legwork::app {
namespace {
namespace json = boost::json;
using causes::Turn;

/// One changed line in words, whatever it is about.
struct Line {
  std::string_view kind;
  std::string id, label, was, is;  ///< "" where that pack has no such line
  Turn turn = Turn::changed;
};

std::string words_of(causes::CauseStatus status) { return std::string(causes::word(status)); }
std::string words_of(causes::RedFlagStatus status) { return std::string(causes::word(status)); }
std::string words_of(causes::QuestionState) { return "open"; }
std::string words_of(const causes::WorkupState& state) {
  std::string words(causes::word(state.status));
  if (state.status == causes::WorkupStatus::recommended) {
    words.append(", ").append(causes::word(state.urgency));
  }
  return words;
}

template <class State>
void add_lines(std::string_view kind, const std::vector<causes::Change<State>>& changes,
               std::vector<Line>& lines) {
  const auto words = [](const std::optional<State>& state) {
    return state ? words_of(*state) : std::string();
  };
  for (const auto& change : changes) {
    lines.push_back(
        {kind, change.id, change.label, words(change.was), words(change.is), change.turn});
  }
}

constexpr std::array<std::string_view, 4> kinds = {"red-flag", "cause", "work-up", "question"};

std::vector<Line> lines_of(const causes::Difference& difference) {
  std::vector<Line> lines;
  add_lines(kinds[0], difference.red_flags, lines);
  add_lines(kinds[1], difference.causes, lines);
  add_lines(kinds[2], difference.workup, lines);
  add_lines(kinds[3], difference.questions, lines);
  return lines;
}

/// How many patients a line turned for.
struct Total {
  std::string_view kind;
  std::string id, label;
  std::array<std::size_t, 3> turns{};  // by Turn

  std::size_t patients() const { return turns[0] + turns[1] + turns[2]; }
};

/// By kind; of one kind that of most patients first.
std::vector<Total> totals_of(const PackComparison& comparison) {
  std::map<std::pair<std::size_t, std::string>, Total> found;
  for (const ChartDifference& chart : comparison.charts) {
    for (const Line& line : lines_of(chart.difference)) {
      const auto kind = std::find(kinds.begin(), kinds.end(), line.kind) - kinds.begin();
      Total& total = found[{static_cast<std::size_t>(kind), line.id}];
      total.kind = line.kind;
      total.id = line.id;
      total.label = line.label;
      ++total.turns[static_cast<std::size_t>(line.turn)];
    }
  }
  std::vector<Total> totals;
  for (auto& [key, total] : found) totals.push_back(std::move(total));
  std::stable_sort(totals.begin(), totals.end(), [](const Total& a, const Total& b) {
    return a.kind == b.kind && a.patients() > b.patients();
  });
  return totals;
}

/// What the packs themselves differ in, by name.
std::array<std::pair<std::string_view, const causes::Added*>, 6> parts_of(
    const causes::PackDifference& packs) {
  return {{{"claims", &packs.claims},
           {"causes", &packs.causes},
           {"red flags", &packs.red_flags},
           {"tests", &packs.tests},
           {"questions", &packs.questions},
           {"thresholds", &packs.thresholds}}};
}

std::string_view or_none(const std::string& state) {
  return state.empty() ? std::string_view("not in the pack") : state;
}

std::string text_of(const Line& line) {
  if (line.kind == kinds[3])
    return fmt::format("  {:<8}  {:<9} {}\n", word(line.turn), line.kind, line.id);
  return fmt::format("  {:<8}  {:<9} {}: {} -> {}\n", word(line.turn), line.kind, line.id,
                     or_none(line.was), or_none(line.is));
}

std::string text_of(const causes::PackDifference& packs) {
  if (packs.empty()) return "The packs have the same ids and thresholds.\n";
  std::string text = "The packs\n";
  for (const auto& [name, part] : parts_of(packs)) {
    for (const auto& id : part->added) text += fmt::format("  added    {:<10} {}\n", name, id);
    for (const auto& id : part->removed) text += fmt::format("  removed  {:<10} {}\n", name, id);
  }
  return text;
}

json::array strings(const std::vector<std::string>& texts) {
  return json::array(texts.begin(), texts.end());
}

json::object json_of(const PackComparison::Version& pack) {
  return {{"id", pack.id}, {"version", pack.version}};
}

json::object json_of(const Line& line) {
  json::object out{
      {"kind", line.kind}, {"id", line.id}, {"label", line.label}, {"turn", word(line.turn)}};
  if (!line.was.empty()) out["was"] = line.was;
  if (!line.is.empty()) out["is"] = line.is;
  return out;
}
}  // namespace

std::string to_text(const PackComparison& comparison) {
  const auto& [old, now, as_of, packs, charts, compared, rejected] = comparison;
  std::string text = fmt::format("{} {} -> {} {}, as of {}\n\n", old.id, old.version, now.id,
                                 now.version, iso(as_of));
  text += text_of(packs);
  for (const ChartDifference& chart : charts) {
    text += fmt::format("\n{} ({})\n", printable(chart.chart), printable(chart.patient));
    for (const Line& line : lines_of(chart.difference)) text += text_of(line);
  }
  text += fmt::format("\n{} of {} patients differ", charts.size(), compared);
  if (rejected > 0) text += fmt::format("; {} charts were rejected", rejected);
  text += '\n';
  if (charts.empty()) return text;
  text += fmt::format("\n  {:>6} {:>6} {:>7}\n", "gained", "lost", "changed");
  for (const Total& total : totals_of(comparison)) {
    text += fmt::format("  {:>6} {:>6} {:>7}  {:<9} {}\n", total.turns[0], total.turns[1],
                        total.turns[2], total.kind, total.id);
  }
  return text;
}

std::string to_json(const PackComparison& comparison) {
  json::object packs;
  for (const auto& [name, part] : parts_of(comparison.packs)) {
    const std::string_view member = name == "red flags" ? "redFlags" : name;
    packs[member] =
        json::object{{"added", strings(part->added)}, {"removed", strings(part->removed)}};
  }
  json::array charts;
  for (const ChartDifference& chart : comparison.charts) {
    json::array lines;
    for (const Line& line : lines_of(chart.difference)) lines.push_back(json_of(line));
    charts.push_back(json::object{{"chart", printable(chart.chart)},
                                  {"patient", printable(chart.patient)},
                                  {"lines", std::move(lines)}});
  }
  json::array totals;
  for (const Total& total : totals_of(comparison)) {
    totals.push_back(json::object{{"kind", total.kind},
                                  {"id", total.id},
                                  {"label", total.label},
                                  {"gained", total.turns[0]},
                                  {"lost", total.turns[1]},
                                  {"changed", total.turns[2]}});
  }
  return json::serialize(json::object{{"old", json_of(comparison.old)},
                                      {"new", json_of(comparison.now)},
                                      {"asOf", iso(comparison.as_of)},
                                      {"packs", std::move(packs)},
                                      {"charts", std::move(charts)},
                                      {"totals", std::move(totals)},
                                      {"compared", comparison.compared},
                                      {"different", comparison.charts.size()},
                                      {"rejected", comparison.rejected}});
}
}  // namespace legwork::app
