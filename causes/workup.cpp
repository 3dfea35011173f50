#include "causes/workup.hpp"

#include <algorithm>
#include <tuple>

namespace legwork::causes {
namespace {
bool has(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool unsettled(const CauseFinding& cause) {
  return cause.status == CauseStatus::possible || cause.status == CauseStatus::undetermined;
}

bool unsettled(const RedFlagFinding& flag) {
  return flag.status == RedFlagStatus::possible || flag.status == RedFlagStatus::not_recorded;
}

/// Red flags, then causes, that a test or question would help to settle.
std::vector<std::string> wanted_by(const std::string& id, const Facts& facts,
                                   Evaluator& evaluator) {
  std::vector<std::string> found;
  for (Index i = 0; i < facts.pack.red_flags.size(); ++i) {
    const RedFlagFinding& flag = evaluator.red_flag(i);
    if (unsettled(flag) && has(flag.unknown, id)) found.push_back(flag.id);
  }
  for (Index i = 0; i < facts.pack.causes.size(); ++i) {
    const CauseFinding& cause = evaluator.cause(i);
    if (!unsettled(cause)) continue;
    if (has(cause.unknown, id) || has(facts.pack.causes[i].tests, id)) found.push_back(cause.id);
  }
  return found;
}

/// Adds the findings that made a criterion say yes: those whose status it names and that have it.
void add_named(const Criterion& criterion, const Facts& facts, Evaluator& evaluator,
               std::vector<std::string>& ids) {
  const auto add = [&](const std::vector<std::uint8_t>& statuses, const auto& finding) {
    const auto status = static_cast<std::uint8_t>(finding.status);
    const bool named = std::find(statuses.begin(), statuses.end(), status) != statuses.end();
    if (named && !has(ids, finding.id)) ids.push_back(finding.id);
  };
  std::visit(
      [&](const auto& node) {
        using Node = std::decay_t<decltype(node)>;
        if constexpr (requires { node.of; }) {
          for (const Criterion& child : node.of) add_named(child, facts, evaluator, ids);
        } else if constexpr (std::is_same_v<Node, Use>) {
          add_named(facts.pack.criteria[node.criterion].criterion, facts, evaluator, ids);
        } else if constexpr (std::is_same_v<Node, CauseQuery>) {
          add(node.statuses, evaluator.cause(node.cause));
        } else if constexpr (std::is_same_v<Node, RedFlagQuery>) {
          add(node.statuses, evaluator.red_flag(node.red_flag));
        }
      },
      criterion.node);
}

struct Done {
  Result result;
  bool recent = false;
};

std::optional<Done> last_measurement(ConceptId id, std::optional<Period> repeat,
                                     const Facts& facts) {
  const auto found = facts.results.latest(facts.pack.concepts[id]);
  if (found.empty()) return {};
  const UsableResult* const latest = found.back();
  Done done{{latest->source->reference, latest->date, latest->printed, {}}, false};
  if (const auto gap = done.result.value.find("\u00a0"); gap != std::string::npos) {
    done.result.unit = done.result.value.substr(gap + 2);
    done.result.value.resize(gap);
  }
  if (latest->present) done.result.value = *latest->present ? "+" : "\u2212";
  done.recent =
      repeat && latest->date.first >= before(facts.as_of, *repeat) && !latest->contradicted;
  return done;
}

std::optional<Done> last_procedure(ConceptId id, std::optional<Period> repeat, const Facts& facts) {
  const fhir::Procedure* latest = nullptr;
  for (const fhir::Procedure& entry : facts.chart.procedures) {
    if (!facts.pack.concepts[id].counts(entry.id) || !entry.date) continue;
    if (entry.date->first > facts.as_of) continue;
    if (latest == nullptr || entry.date->last > latest->date->last) latest = &entry;
  }
  if (latest == nullptr) return {};
  return Done{{latest->reference, latest->date, {}, {}},
              repeat && latest->date->first >= before(facts.as_of, *repeat)};
}

/// The latest of what the test measures, and whether it puts the test on file.
std::optional<Done> last_done(const Test& test, const Facts& facts) {
  std::optional<Done> latest;
  std::size_t recent = 0;
  for (const ConceptId id : test.measures) {
    auto done = facts.pack.concepts[id].kind == fhir::Kind::procedure
                    ? last_procedure(id, test.repeat, facts)
                    : last_measurement(id, test.repeat, facts);
    if (!done) continue;
    recent += done->recent;
    if (!latest || done->result.date->last > latest->result.date->last) latest = std::move(done);
  }
  if (latest) latest->recent = test.needs_all ? recent == test.measures.size() : recent > 0;
  return latest;
}

std::string when_done(const std::optional<Done>& done, const Facts& facts) {
  const Phrases& phrases = facts.pack.phrases;
  if (!done) return phrases.say(PhraseId::workup_never, {});
  const int age = static_cast<int>((facts.as_of - done->result.date->last).count());
  return phrases.say(done->recent ? PhraseId::workup_on_file : PhraseId::workup_old,
                     {{"interval", phrases.interval(age)}});
}

void add_cautions(const Test& test, const Facts& facts, Evaluator& evaluator, WorkupItem& item) {
  for (const Test::Caution& caution : test.cautions) {
    if (!caution.when || evaluator.evaluate(*caution.when).truth != Truth::no) {
      item.cautions.push_back({caution.text, facts.pack.claim_text(caution.claim)});
    }
  }
}

bool is_met(const Rule& rule, Evaluator& evaluator) {
  return evaluator.evaluate(rule.criterion).truth == Truth::yes;
}

const Test::Withheld* withheld_by(const Test& test, Evaluator& evaluator) {
  for (const auto& candidate : test.withheld)
    if (is_met(candidate.rule, evaluator)) return &candidate;
  return nullptr;
}

const Test::Urgent* urgent_by(const Test& test, bool on_file, Evaluator& evaluator) {
  for (const auto& candidate : test.urgent)
    if (!(candidate.unless_on_file && on_file) && is_met(candidate.rule, evaluator))
      return &candidate;
  return nullptr;
}

void tell_rule(const Rule& rule, const Facts& facts, WorkupItem& item) {
  item.rule = rule.id;
  item.claim = facts.pack.claim_text(rule.claim);
}

WorkupItem consider(const Test& test, const Facts& facts, Evaluator& evaluator) {
  WorkupItem item;
  item.id = test.id;
  item.label = test.label;
  item.urgency = test.urgency;
  item.reason = test.reason;
  item.codes = test.orders;
  item.claim = facts.pack.claim_text(test.claim);
  item.causes = wanted_by(test.id, facts, evaluator);

  const auto done = last_done(test, facts);
  if (done) item.last_done = done->result;
  const bool on_file = done && done->recent;
  const auto* withheld = withheld_by(test, evaluator);
  const auto* urgent = withheld != nullptr ? nullptr : urgent_by(test, on_file, evaluator);
  if (withheld != nullptr) {
    if (on_file) item.status = WorkupStatus::on_file;
    item.reason = withheld->reason;
    tell_rule(withheld->rule, facts, item);
  } else if (urgent != nullptr) {
    item.status = WorkupStatus::recommended;
    item.urgency = urgent->urgency;
    item.reason = urgent->reason;
    tell_rule(urgent->rule, facts, item);
    add_named(urgent->rule.criterion, facts, evaluator, item.causes);
  } else if (on_file) {
    item.status = WorkupStatus::on_file;
  } else if (test.baseline || !item.causes.empty()) {
    item.status = WorkupStatus::recommended;
  }
  if (!test.measures.empty() && urgent == nullptr && withheld == nullptr) {
    item.reason += (item.reason.empty() ? "" : " ") + ('(' + when_done(done, facts) + ')');
  }
  if (item.status == WorkupStatus::recommended) add_cautions(test, facts, evaluator, item);
  return item;
}
}  // namespace

/// What cannot wait first; then what settles most for the least burden.
std::vector<WorkupItem> work_up(const Facts& facts, Evaluator& evaluator) {
  struct Considered {
    WorkupItem item;
    int burden;
  };
  std::vector<Considered> all;
  for (const Test& test : facts.pack.tests)
    all.push_back({consider(test, facts, evaluator), test.burden});
  std::stable_sort(all.begin(), all.end(), [](const Considered& a, const Considered& b) {
    // a settles more for its burden than b: a.causes / a.burden > b.causes / b.burden
    const auto a_yields = std::ssize(a.item.causes) * b.burden;
    const auto b_yields = std::ssize(b.item.causes) * a.burden;
    return std::tuple(a.item.status, a.item.urgency, b_yields, a.burden) <
           std::tuple(b.item.status, b.item.urgency, a_yields, b.burden);
  });
  std::vector<WorkupItem> items;
  for (Considered& considered : all) items.push_back(std::move(considered.item));
  return items;
}

std::vector<OpenQuestion> open_questions(const Facts& facts, Evaluator& evaluator) {
  const std::size_t flags = facts.pack.red_flags.size();
  std::vector<OpenQuestion> open;
  for (Index i = 0; i < facts.pack.questions.size(); ++i) {
    if (facts.answers[i]) continue;
    const Question& question = facts.pack.questions[i];
    auto decides = wanted_by(question.id, facts, evaluator);
    if (decides.empty()) continue;
    open.push_back({question.id, question.label, question.ask, question.effect, std::move(decides),
                    question.type});
  }
  const auto red_flags_in = [&](const OpenQuestion& question) {
    return std::count_if(question.decides.begin(), question.decides.end(), [&](const auto& id) {
      return std::any_of(facts.pack.red_flags.begin(),
                         facts.pack.red_flags.begin() + std::ptrdiff_t(flags),
                         [&](const RedFlag& flag) { return flag.id == id; });
    });
  };
  std::stable_sort(open.begin(), open.end(), [&](const OpenQuestion& a, const OpenQuestion& b) {
    return std::tuple(-red_flags_in(a), -std::ssize(a.decides)) <
           std::tuple(-red_flags_in(b), -std::ssize(b.decides));
  });
  return open;
}
}  // namespace legwork::causes
