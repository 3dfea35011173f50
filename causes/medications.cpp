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

Truth started_before_onset(const DrugCourse& course, const Facts& facts, Period within) {
  if (!facts.onset || !course.start) return Truth::unknown;
  Truth found = shortly_before(*course.start, *facts.onset, within);
  for (const DateSpan& rise : course.raised) {
    found = either(found, shortly_before(rise, *facts.onset, within));
  }
  return found;
}

Truth started_after_onset(const DrugCourse& course, const Facts& facts) {
  if (!facts.onset || !course.start) return Truth::unknown;
  if (course.start->first > facts.onset->last) return Truth::yes;
  return course.start->last <= facts.onset->first ? Truth::no : Truth::unknown;
}

Truth stopped(const DrugCourse& course, const Facts& facts, std::optional<Period> within) {
  if (course.taking != Truth::no) return opposite(course.taking);
  if (!within) return Truth::yes;
  if (!course.stopped) return Truth::unknown;
  const Day limit = before(facts.as_of, *within);
  if (course.stopped->first >= limit) return Truth::yes;
  return course.stopped->last < limit ? Truth::no : Truth::unknown;
}

Truth in_state(const MedicationQuery& query, const DrugCourse& course, const Facts& facts) {
  switch (query.state) {
    case MedicationQuery::State::taking:
      return course.taking;
    case MedicationQuery::State::stopped:
      return stopped(course, facts, query.within);
    case MedicationQuery::State::ever:
      return Truth::yes;
  }
  return Truth::unknown;
}

Truth in_time(const MedicationQuery& query, const DrugCourse& course, const Facts& facts) {
  switch (query.start) {
    case MedicationQuery::Start::any:
      return Truth::yes;
    case MedicationQuery::Start::before_onset:
      return started_before_onset(course, facts, query.within.value_or(Period{}));
    case MedicationQuery::Start::after_onset:
      return started_after_onset(course, facts);
  }
  return Truth::unknown;
}

/// Without a matching entry: no, if there is a list on which every drug can be told.
Answer not_listed(const MedicationQuery& query, const Facts& facts) {
  const fhir::Chart& chart = facts.chart;
  if (chart.medication_entries == 0) return {};
  Answer answer;
  if (!chart.unidentified_medications.empty()) {
    for (const auto& reference : chart.unidentified_medications) {
      answer.evidence.push_back({reference,
                                 {},
                                 Says::context,
                                 facts.pack.phrases.say(PhraseId::medication_unidentified, {}),
                                 {},
                                 {}});
    }
    return answer;
  }
  answer.truth = Truth::no;
  answer.evidence.push_back(
      {{},
       {},
       Says::context,
       facts.pack.phrases.say(PhraseId::medication_none,
                              {{"name", facts.pack.concepts[query.id].label},
                               {"n", std::to_string(chart.medication_entries)}}),
       {},
       {}});
  return answer;
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

Answer ask(const MedicationQuery& query, const Facts& facts) {
  const Concept& wanted = facts.pack.concepts[query.id];
  Answer answer{Truth::no, {}, {}};
  struct Considered {
    const DrugCourse* course;
    Truth truth;
  };
  std::vector<Considered> considered;
  for (const DrugCourse& course : facts.drugs) {
    if (!wanted.counts(course.ingredient)) continue;
    Truth found = both(in_state(query, course, facts), in_time(query, course, facts));
    if (!query.local_counts) found = both(found, course.systemic);
    considered.push_back({&course, found});
    answer.truth = either(answer.truth, found);
  }
  const bool none_in_use =
      std::none_of(considered.begin(), considered.end(),
                   [](const Considered& one) { return one.truth != Truth::no; });
  if (none_in_use && query.start == MedicationQuery::Start::any) {
    Answer absent = not_listed(query, facts);
    for (const Considered& one : considered) {
      auto described = describe(*one.course, facts);
      absent.evidence.insert(absent.evidence.end(), described.begin(), described.end());
    }
    return absent;
  }
  if (considered.empty()) return not_listed(query, facts);
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
