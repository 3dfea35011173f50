#include "causes/evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace legwork::causes {
namespace {
using fhir::Medication;

/// Whether a change lies on the onset or within the period before it, whatever days the two mean.
Truth shortly_before(const DateSpan& change, const DateSpan& onset, Period within) {
  if (change.last <= onset.first && change.first >= before(onset.last, within)) return Truth::yes;
  if (change.first > onset.last || change.last < before(onset.first, within)) return Truth::no;
  return Truth::unknown;
}

/// What holds of the start, whichever of the days that it may be it was.
template <class Holds>
Truth of_start(const DrugCourse& course, Holds holds) {
  Truth found = holds(*course.start);
  for (const DateSpan& other : course.possible_starts)
    if (holds(other) != found) found = Truth::unknown;
  return found;
}

Truth started_before_onset(const DrugCourse& course, const Facts& facts, Period within) {
  if (!facts.onset || !course.start) return Truth::unknown;
  Truth found = of_start(
      course, [&](const DateSpan& start) { return shortly_before(start, *facts.onset, within); });
  for (const DateSpan& rise : course.raised)
    found = either(found, shortly_before(rise, *facts.onset, within));
  return found;
}

Truth started_after_onset(const DrugCourse& course, const Facts& facts) {
  if (!facts.onset || !course.start) return Truth::unknown;
  return of_start(course, [&](const DateSpan& start) {
    if (start.first > facts.onset->last) return Truth::yes;
    return start.last <= facts.onset->first ? Truth::no : Truth::unknown;
  });
}

Truth stopped(const DrugCourse& course, const Facts& facts, std::optional<Period> within) {
  const Truth now = both(course.used, opposite(course.taking));
  if (!within || now == Truth::no) return now;
  const Day limit = before(facts.as_of, *within);
  if (course.stopped && course.stopped->first >= limit) return now;
  if (!course.stopped || course.stop_unknown) return both(now, Truth::unknown);
  return course.stopped->last < limit ? Truth::no : both(now, Truth::unknown);
}

Truth in_state(const MedicationQuery& query, const DrugCourse& course, const Facts& facts) {
  switch (query.state) {
    case MedicationQuery::State::taking:
      return course.taking;
    case MedicationQuery::State::stopped:
      return stopped(course, facts, query.within);
    case MedicationQuery::State::ever:
      return course.used;
  }
  return Truth::unknown;
}

/// The entries that nobody can identify: any of them may be the drug that is asked for.
void tell_unidentified(const Facts& facts, Answer& answer) {
  const std::string text = facts.pack.phrases.say(PhraseId::medication_unidentified, {});
  for (const auto& reference : facts.chart.unidentified_medications)
    answer.evidence.push_back({reference, {}, Says::context, text, {}, {}});
}

/// That the list, all of it readable, does not have the drug.
void tell_none(const MedicationQuery& query, const Facts& facts, Answer& answer) {
  std::string text = facts.pack.phrases.say(
      PhraseId::medication_none, {{"name", facts.pack.concepts[query.id].label},
                                  {"n", std::to_string(facts.chart.medication_entries)}});
  answer.evidence.push_back({{}, {}, Says::context, std::move(text), {}, {}});
}

/// The days between two dates where both are known to the day; else the nearest that is sure.
int days_between(const DateSpan& from, const DateSpan& to) {
  return static_cast<int>((to.first - from.first).count());
}

std::string drug_name(const Medication& entry, const DrugCourse& course, const Pack& pack) {
  std::string name = pack.concepts[course.ingredient].label;
  if (!entry.dose.empty()) name += ' ' + entry.dose;
  return name;
}

/// How the entry stands to the onset; the first of a course tells its start, a later one a rise.
PhraseId relation(const Medication& entry, const DrugCourse& course, const Facts& facts) {
  if (course.systemic == Truth::no) return PhraseId::medication_local;
  if (course.systemic == Truth::unknown) return PhraseId::medication_route_unclear;
  if (entry.use == Medication::Use::paused) return PhraseId::medication_paused;
  if (course.taking == Truth::no) return PhraseId::medication_stopped;
  if (!entry.start) return PhraseId::medication_start_unknown;
  const bool raises =
      std::find(course.raised.begin(), course.raised.end(), *entry.start) != course.raised.end();
  const bool starts = course.start && *course.start == *entry.start;
  if (!facts.onset) return starts ? PhraseId::medication_since : PhraseId::medication_also;
  if (raises && entry.start->last <= facts.onset->first) return PhraseId::medication_raised;
  if (!starts) return PhraseId::medication_also;
  if (entry.start->first > facts.onset->last) return PhraseId::medication_after_onset;
  return entry.start->last <= facts.onset->first && !(*entry.start == *facts.onset)
             ? PhraseId::medication_before_onset
             : PhraseId::medication_on_onset;
}
}  // namespace

std::vector<Evidence> describe(const DrugCourse& course, const Facts& facts) {
  const Phrases& phrases = facts.pack.phrases;
  std::vector<Evidence> found;
  for (const Medication* entry : course.entries) {
    const PhraseId id = relation(*entry, course, facts);
    std::string interval;
    if (entry->start) {
      interval = phrases.interval(
          days_between(*entry->start, facts.onset.value_or(DateSpan::on(facts.as_of))));
    }
    std::string text =
        phrases.say(id, {{"name", drug_name(*entry, course, facts.pack)}, {"interval", interval}});
    text = phrases.marked(std::move(text), entry->matched_by);
    found.push_back({entry->reference, entry->start, Says::context, std::move(text), {}, {}});
  }
  return found;
}

/// Without an onset, what hangs on it is for the patient to tell.
void ask_for_onset(const MedicationQuery& query, const Facts& facts, Answer& answer) {
  const auto& question = facts.pack.complaint.onset_question;
  const bool hangs_on_it = query.start != MedicationQuery::Start::any && !facts.onset;
  if (hangs_on_it && question && answer.truth == Truth::unknown)
    answer.unknown.emplace_back(facts.pack.questions[*question].id);
}

namespace {
struct Considered {
  const DrugCourse* course;
  Truth in_state;  ///< in the state that is asked for, by a route that counts
  Truth truth;     ///< and in time
};

std::vector<Considered> consider(const MedicationQuery& query, const Facts& facts) {
  std::vector<Considered> found;
  for (const DrugCourse& course : facts.drugs) {
    if (!facts.pack.concepts[query.id].counts(course.ingredient)) continue;
    Considered one{&course, in_state(query, course, facts), {}};
    if (!query.local_counts) one.in_state = both(one.in_state, course.systemic);
    one.truth = one.in_state;
    if (query.start == MedicationQuery::Start::before_onset) {
      const auto within = query.within.value_or(Period{});
      one.truth = both(one.truth, started_before_onset(course, facts, within));
    } else if (query.start == MedicationQuery::Start::after_onset) {
      one.truth = both(one.truth, started_after_onset(course, facts));
    }
    found.push_back(one);
  }
  return found;
}

/// Any drug of the class will do; of what started after the onset, all that is taken must have.
Truth judge(const std::vector<Considered>& considered, const MedicationQuery& query,
            const Facts& facts) {
  const bool unidentified = !facts.chart.unidentified_medications.empty();
  const Truth unseen = unidentified ? Truth::unknown : Truth::no;
  Truth any = unseen;
  if (query.start != MedicationQuery::Start::after_onset) {
    for (const Considered& one : considered) any = either(any, one.truth);
    return any;
  }
  Truth all = opposite(unseen);
  for (const Considered& one : considered) {
    any = either(any, one.in_state);
    all = both(all, either(opposite(one.in_state), started_after_onset(*one.course, facts)));
  }
  return both(any, all);
}
}  // namespace

Answer ask(const MedicationQuery& query, const Facts& facts) {
  if (facts.chart.medication_entries == 0) return {};  // no list
  const auto considered = consider(query, facts);
  Answer answer{judge(considered, query, facts), {}, {}};
  const bool any_time = query.start == MedicationQuery::Start::any;
  if (answer.truth == Truth::no && (any_time || considered.empty()))
    tell_none(query, facts, answer);
  if (answer.truth == Truth::unknown) tell_unidentified(facts, answer);
  for (const Considered& one : considered) {
    if (one.truth != answer.truth) continue;
    auto described = describe(*one.course, facts);
    answer.evidence.insert(answer.evidence.end(), described.begin(), described.end());
    answer.begin(one.course->start);
  }
  ask_for_onset(query, facts, answer);
  return answer;
}
}  // namespace legwork::causes
