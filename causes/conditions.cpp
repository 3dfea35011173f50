#include "causes/evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace legwork::causes {
namespace {
using fhir::Condition;

/// Whether a date surely lies within the period. What is older, or may be, says nothing about it.
Truth recent(const std::optional<DateSpan>& date, std::optional<Period> period, Day as_of) {
  if (!period) return Truth::yes;
  const bool within = date && date->first >= before(as_of, *period);
  return within ? Truth::yes : Truth::unknown;
}

Truth resolved(const Condition& entry, Day as_of) {
  if (entry.clinical == Condition::Clinical::inactive) return Truth::yes;
  if (!entry.abatement || entry.abatement->first > as_of) return Truth::no;
  return entry.abatement->last <= as_of ? Truth::yes : Truth::unknown;
}

/// Whether a visit's reason or an observed sign is too old to tell how things are now.
Truth faded(const Condition& entry, const Facts& facts) {
  if (entry.origin == Condition::Origin::problem || !entry.recorded) return Truth::no;
  const Day limit = before(facts.as_of, facts.pack.findings_valid);
  if (entry.recorded->first >= limit) return Truth::no;
  return entry.recorded->last < limit ? Truth::yes : Truth::unknown;
}

Truth on_one_side(const Condition& entry) {
  switch (entry.side) {
    case Condition::Side::left:
    case Condition::Side::right:
      return Truth::yes;
    case Condition::Side::both:
      return Truth::no;
    case Condition::Side::unstated:
      return Truth::unknown;
  }
  return Truth::unknown;
}

const std::optional<DateSpan>& seen_on(const Condition& entry) {
  return entry.recorded ? entry.recorded : entry.onset;
}

/// Whether two of the entries lie at least the period apart.
bool seen_again(const std::vector<const Condition*>& entries, Period apart) {
  for (const Condition* later : entries) {
    for (const Condition* earlier : entries) {
      const auto& first = seen_on(*earlier);
      const auto& second = seen_on(*later);
      if (first && second && after(first->last, apart) <= second->first) return true;
    }
  }
  return false;
}

Truth matches(const ConditionQuery& query, const Condition& entry, const Facts& facts) {
  if (entry.certainty == Condition::Certainty::refuted) return Truth::no;
  Truth found = Truth::yes;
  if (entry.certainty == Condition::Certainty::suspected && !query.suspected_counts) {
    found = Truth::unknown;
  }
  const Truth over = resolved(entry, facts.as_of);
  if (query.past_only) found = both(found, over);
  if (!query.resolved_counts) {
    if (faded(entry, facts) != Truth::no) found = both(found, Truth::unknown);
    found = both(found, opposite(over));
  }
  found = both(found, either(recent(entry.recorded, query.within, facts.as_of),
                             recent(entry.onset, query.within, facts.as_of)));
  return query.one_side ? both(found, on_one_side(entry)) : found;
}

PhraseId phrase_for(const Condition& entry, Day as_of) {
  if (entry.certainty == Condition::Certainty::refuted) return PhraseId::condition_refuted;
  if (entry.certainty == Condition::Certainty::suspected) return PhraseId::condition_suspected;
  if (resolved(entry, as_of) == Truth::yes) return PhraseId::condition_resolved;
  switch (entry.origin) {
    case Condition::Origin::problem:
      return PhraseId::condition_listed;
    case Condition::Origin::encounter:
      return PhraseId::condition_visit;
    case Condition::Origin::observation:
    case Condition::Origin::report:
      return PhraseId::condition_observed;
  }
  return PhraseId::condition_listed;
}
/// The entries about a concept, in the order in which they were seen.
std::vector<const Condition*> entries_of(const ConditionQuery& query, const Facts& facts) {
  std::vector<const Condition*> entries;
  for (const Condition& entry : facts.chart.conditions) {
    const bool wanted = facts.pack.concepts[query.id].counts(entry.id);
    if (wanted && !is_future(entry, facts.as_of)) entries.push_back(&entry);
  }
  std::sort(entries.begin(), entries.end(), [](const Condition* a, const Condition* b) {
    const auto key = [](const Condition* entry) {
      const auto& date = entry->onset ? entry->onset : entry->recorded;
      return std::tuple(date ? date->first : Day::min(), std::string_view(entry->reference));
    };
    return key(a) < key(b);
  });
  return entries;
}
}  // namespace

Evidence describe(const Condition& entry, const Facts& facts) {
  const Phrases& phrases = facts.pack.phrases;
  const std::string& name = entry.name.empty() ? facts.pack.concepts[entry.id].label : entry.name;
  std::string text = phrases.say(phrase_for(entry, facts.as_of), {{"name", name}});
  text = phrases.marked(std::move(text), entry.matched_by);
  const auto& date = entry.onset ? entry.onset : entry.recorded;
  return {entry.reference, date, Says::context, std::move(text), {}, {}};
}

bool is_future(const Condition& entry, Day as_of) {
  const auto later = [&](const std::optional<DateSpan>& date) {
    return date && date->first > as_of;
  };
  return later(entry.onset) || later(entry.recorded);
}

bool is_over(const Condition& entry, const Facts& facts) {
  return either(resolved(entry, facts.as_of), faded(entry, facts)) == Truth::yes;
}

Answer ask(const ConditionQuery& query, const Facts& facts) {
  auto entries = entries_of(query, facts);
  if (entries.empty()) return {};  // not on the problem list: unknown, not no
  Truth found = Truth::no;
  for (const Condition* entry : entries) found = either(found, matches(query, *entry, facts));
  std::erase_if(entries,
                [&](const Condition* entry) { return matches(query, *entry, facts) != found; });
  Answer answer{found, {}, {}};
  if (found == Truth::yes && query.sustained && !seen_again(entries, *query.sustained))
    answer.truth = Truth::unknown;
  for (const Condition* entry : entries) {
    answer.evidence.push_back(describe(*entry, facts));
    answer.begin(answer.evidence.back().date);
  }
  return answer;
}

Answer ask(const ProcedureQuery& query, const Facts& facts) {
  const Concept& wanted = facts.pack.concepts[query.id];
  const Phrases& phrases = facts.pack.phrases;
  Answer answer;
  for (const fhir::Procedure& entry : facts.chart.procedures) {
    if (!wanted.counts(entry.id)) continue;
    const bool counts = recent(entry.date, query.within, facts.as_of) == Truth::yes &&
                        (!entry.date || entry.date->first <= facts.as_of);
    if (counts) {
      answer.truth = Truth::yes;
      answer.begin(entry.date);
    }
    const int age = entry.date ? static_cast<int>((facts.as_of - entry.date->last).count()) : 0;
    std::string text = phrases.say(counts ? PhraseId::procedure_done : PhraseId::procedure_old,
                                   {{"name", entry.name.empty() ? wanted.label : entry.name},
                                    {"interval", phrases.interval(age)}});
    text = phrases.marked(std::move(text), entry.matched_by);
    answer.evidence.push_back(
        {entry.reference, entry.date, Says::context, std::move(text), {}, {}});
  }
  sort_by_date(answer.evidence);
  return answer;
}

bool Facts::is_answered(std::string_view question) const {
  const auto& questions = pack.questions;
  const auto found = std::find_if(questions.begin(), questions.end(),
                                  [&](const Question& one) { return one.id == question; });
  return found != questions.end() && answers[std::size_t(found - questions.begin())].has_value();
}

Answer ask(const AnswerQuery& query, const Facts& facts) {
  const std::optional<bool> given = facts.answers[query.question];
  if (!given) return {};
  const fhir::Answer& source = *facts.answer_sources[query.question];
  const auto text =
      facts.pack.phrases.say(*given ? PhraseId::answer_yes : PhraseId::answer_no,
                             {{"question", facts.pack.questions[query.question].label}});
  return {truth(*given == query.is),
          {{source.reference, source.date, Says::context, text, {}, {}}},
          {}};
}

Answer ask(const AgeQuery& query, const Facts& facts) {
  const auto& birth = facts.chart.patient.birth;
  if (!birth) return {};
  const Interval age{static_cast<double>(years_between(birth->last, facts.as_of)),
                     static_cast<double>(years_between(birth->first, facts.as_of)), false, false};
  return {holds(query.bound, age), {}, {}};
}

Answer ask(const SexQuery& query, const Facts& facts) {
  const std::string& sex = facts.chart.patient.sex;
  if (sex != "female" && sex != "male") return {};
  return {truth(sex == query.is), {}, {}};
}

Answer ask(const DeceasedQuery&, const Facts& facts) {
  return {truth(facts.chart.patient.deceased), {}, {}};
}
}  // namespace legwork::causes
