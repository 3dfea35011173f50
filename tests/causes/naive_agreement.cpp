#include "tests/causes/naive_agreement.hpp"

#include "causes/assess.hpp"
#include "causes/json.hpp"
#include "tests/causes/naive.hpp"
#include "tests/causes/probes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <variant>

namespace legwork::tests {
namespace {
using namespace causes;

template <class Findings>
auto by_id(const Findings& findings) {
  std::map<std::string, typename Findings::value_type> found;
  for (const auto& finding : findings) found.emplace(finding.id, finding);
  return found;
}

std::string name_of(const Cause& cause, const Pack& pack) {
  const bool probe = cause.id.starts_with("probe-");
  return probe ? cause.id + " (" + told(*cause.decides, pack) + ")" : cause.id;
}

std::string causes_differ(const Assessment& fast, const Case& about) {
  const auto causes = by_id(fast.causes);
  for (std::size_t i = 0; i < about.pack.causes.size(); ++i) {
    const Cause& cause = about.pack.causes[i];
    const CauseFinding& found = causes.at(cause.id);
    const NaiveFinding naive = naive_cause(Index(i), about);
    if (naive.status == found.status && naive.strength == found.strength) continue;
    return fmt::format("cause {}: {} {}, naive: {} {}", name_of(cause, about.pack),
                       word(found.status), found.strength, word(naive.status), naive.strength);
  }
  return {};
}

std::string red_flags_differ(const Assessment& fast, const Case& about) {
  const auto flags = by_id(fast.red_flags);
  for (std::size_t i = 0; i < about.pack.red_flags.size(); ++i) {
    const RedFlagFinding& found = flags.at(about.pack.red_flags[i].id);
    const RedFlagStatus naive = naive_red_flag(Index(i), about);
    if (naive == found.status) continue;
    return fmt::format("red flag {}: {}, naive: {}", found.id, word(found.status), word(naive));
  }
  return {};
}

std::string scores_differ(const Assessment& fast, const Case& about) {
  const auto scores = by_id(fast.scores);
  for (std::size_t i = 0; i < about.pack.scores.size(); ++i) {
    const Score& found = scores.at(about.pack.scores[i].id);
    const NaiveScore naive = naive_score(Index(i), about);
    if (naive.low == found.low && naive.high == found.high) continue;
    return fmt::format("score {}: {} to {}, naive: {} to {}", found.id, found.low, found.high,
                       naive.low, naive.high);
  }
  return {};
}

std::string onsets_differ(const GeneratedCase& made, const Assessment& fast, const Pack& pack) {
  const auto naive = made.onset ? made.onset : naive_onset(made.chart, pack, made.as_of);
  if (naive == fast.complaint.onset) return {};
  const auto text = [](const std::optional<DateSpan>& date) {
    return date ? fmt::format("{} to {}", iso(date->first), iso(date->last)) : "none";
  };
  return fmt::format("onset {}, naive: {}", text(fast.complaint.onset), text(naive));
}

/// Whether some date is known in part, or not told where it must have been.
bool has_open_dates(const GeneratedCase& made) {
  const auto open = [](const std::optional<DateSpan>& date) { return date && !date->exact(); };
  const fhir::Chart& chart = made.chart;
  return open(made.onset) ||
         std::any_of(chart.medications.begin(), chart.medications.end(),
                     [&](const fhir::Medication& entry) {
                       const bool stopped = entry.use == fhir::Medication::Use::stopped;
                       return open(entry.start) || open(entry.end) || (stopped && !entry.end);
                     }) ||
         std::any_of(chart.measurements.begin(), chart.measurements.end(),
                     [&](const auto& measured) { return open(measured.date); }) ||
         std::any_of(chart.conditions.begin(), chart.conditions.end(),
                     [&](const fhir::Condition& entry) {
                       return open(entry.onset) || open(entry.recorded) || open(entry.abatement);
                     }) ||
         std::any_of(chart.answers.begin(), chart.answers.end(), [&](const fhir::Answer& answer) {
           const auto* told = std::get_if<DateSpan>(&answer.value);
           return open(answer.date) || (told && !told->exact());
         });
}

/// All that a criterion rests on: what asks the chart itself, and what looks at an order in time.
void gather_parts(const Criterion& criterion, std::vector<Criterion>& into) {
  if (std::holds_alternative<Sequence>(criterion.node)) into.push_back(criterion);
  std::visit(
      [&](const auto& node) {
        if constexpr (requires { node.of; }) {
          for (const Criterion& child : node.of) gather_parts(child, into);
        } else {
          into.push_back(criterion);
        }
      },
      criterion.node);
}

std::vector<Criterion> parts_of(const Pack& pack) {
  std::vector<Criterion> parts;
  const auto of_rules = [&](const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) gather_parts(rule.criterion, parts);
  };
  for (const Cause& cause : pack.causes) {
    for (const auto* rules :
         {&cause.strong, &cause.weak, &cause.against, &cause.caps, &cause.rules_out}) {
      of_rules(*rules);
    }
    if (cause.decides) gather_parts(*cause.decides, parts);
  }
  for (const RedFlag& flag : pack.red_flags) {
    for (const auto* rules : {&flag.present, &flag.possible, &flag.absent}) of_rules(*rules);
  }
  for (const ScoreRule& score : pack.scores) {
    for (const auto& item : score.items) gather_parts(item.criterion, parts);
  }
  for (const NamedCriterion& named : pack.criteria) gather_parts(named.criterion, parts);
  std::erase_if(parts, [](const Criterion& part) {
    return std::holds_alternative<Use>(part.node) ||
           std::holds_alternative<CauseQuery>(part.node) ||
           std::holds_alternative<RedFlagQuery>(part.node) ||
           std::holds_alternative<ScoreQuery>(part.node);
  });
  return parts;
}

/// Whether what differs comes of parts that `assess` leaves unknown, and of nothing else.
Agreement part_by_part(const GeneratedCase& made, const Pack& pack, const std::string& whole) {
  const auto parts = parts_of(pack);
  Pack probing = pack;  // its own probes, which stand last, would be taken for those of the parts
  std::erase_if(probing.causes, [](const Cause& cause) { return cause.id.starts_with("probe-"); });
  probing = with_probes(std::move(probing), parts);
  const Assessment fast = assess(made.chart, probing, {made.as_of, made.onset});
  const auto answers = probed(fast, parts.size());
  const Case about{made.chart, pack, made.as_of, fast.complaint.onset};
  Agreement found{whole, false};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (naive_answer(parts[i], about) == answers[i]) continue;
    if (answers[i] != Truth::unknown) return {whole + ": " + told(parts[i], pack), false};
    found = {"", true};
  }
  return found;
}
}  // namespace

Agreement agreement_on(const GeneratedCase& made, const Pack& pack) {
  const Assessment fast = assess(made.chart, pack, {made.as_of, made.onset});
  const Case about{made.chart, pack, made.as_of, fast.complaint.onset};
  for (const std::string& difference :
       {onsets_differ(made, fast, pack), causes_differ(fast, about), red_flags_differ(fast, about),
        scores_differ(fast, about)}) {
    if (difference.empty()) continue;
    if (!has_open_dates(made)) return {difference, false};
    return part_by_part(made, pack, difference);
  }
  return {};
}

namespace {
/// Drops entries from one list of the chart as long as the two still disagree.
template <class Entry>
void shrink(GeneratedCase& made, std::vector<Entry> fhir::Chart::*list, const Pack& pack) {
  for (std::size_t i = 0; i < (made.chart.*list).size();) {
    GeneratedCase smaller = made;
    auto& entries = smaller.chart.*list;
    entries.erase(entries.begin() + std::ptrdiff_t(i));
    if (agreement_on(smaller, pack).disagreement.empty()) {
      ++i;
    } else {
      made = std::move(smaller);
    }
  }
}
}  // namespace

GeneratedCase smallest_disagreement(GeneratedCase made, const Pack& pack) {
  shrink(made, &fhir::Chart::medications, pack);
  shrink(made, &fhir::Chart::measurements, pack);
  shrink(made, &fhir::Chart::conditions, pack);
  shrink(made, &fhir::Chart::procedures, pack);
  shrink(made, &fhir::Chart::answers, pack);
  shrink(made, &fhir::Chart::unidentified_medications, pack);
  return made;
}
}  // namespace legwork::tests
