#include "causes/assess.hpp"

#include "causes/citations.hpp"
#include "causes/evaluate.hpp"
#include "causes/tables.hpp"
#include "causes/workup.hpp"

#include <algorithm>
#include <tuple>

namespace legwork::causes {
namespace {
using fhir::Condition;
using fhir::Note;

/// A yes or no that was given, and the days on which it may have been.
struct Given {
  const fhir::Answer* answer;
  DateSpan date;
  bool yes;
};

/// The answers that count, by question: the latest that is surely not too old. Answers that may be
/// the latest and contradict each other cancel out.
class AnswerReader {
 public:
  AnswerReader(Facts& facts, std::vector<Note>& notes) : facts_(facts), notes_(notes) {}

  void read() {
    facts_.answers.assign(facts_.pack.questions.size(), {});
    facts_.answer_sources.assign(facts_.pack.questions.size(), nullptr);
    for (std::size_t i = 0; i < facts_.pack.questions.size(); ++i) read(i);
  }

 private:
  void read(std::size_t index) {
    const Question& question = facts_.pack.questions[index];
    const auto given = given_to(question);
    Day surely = Day::min();
    for (const Given& one : given) surely = std::max(surely, one.date.first);
    for (const Given& one : given) {
      if (one.date.last < surely) continue;
      auto& settled = facts_.answers[index];
      auto& source = facts_.answer_sources[index];
      if (source == nullptr) {
        settled = one.yes;
        source = one.answer;
      } else if (settled != one.yes) {
        settled.reset();
        note(*one.answer, PhraseId::note_answers_contradict, question);
      }
    }
  }

  std::vector<Given> given_to(const Question& question) {
    const Day limit = before(facts_.as_of, facts_.pack.answers_valid);
    std::vector<Given> given;
    for (const fhir::Answer& answer : facts_.chart.answers) {
      const auto* yes = std::get_if<bool>(&answer.value);
      if (answer.question != question.id || yes == nullptr) continue;
      const DateSpan date = answer.date.value_or(DateSpan::on(facts_.as_of));
      if (date.first > facts_.as_of) {
        note(answer, PhraseId::note_future, question);
      } else if (date.first < limit) {
        note(answer, PhraseId::note_answer_old, question);
      } else {
        given.push_back({&answer, date, *yes});
      }
    }
    std::stable_sort(given.begin(), given.end(), [](const Given& a, const Given& b) {
      const auto key = [](const Given& one) {
        return std::tuple(one.date.first, std::string_view(one.answer->reference), one.yes);
      };
      return key(a) < key(b);
    });
    return given;
  }

  void note(const fhir::Answer& answer, PhraseId why, const Question& question) {
    const auto& [months, days] = facts_.pack.answers_valid;
    const Phrases& phrases = facts_.pack.phrases;
    notes_.push_back({Note::Severity::warning, answer.reference,
                      phrases.say(why, {{"question", question.label},
                                        {"name", question.label},
                                        {"interval", phrases.interval(months * 30 + days)}})});
  }

  Facts& facts_;
  std::vector<Note>& notes_;
};

/// What is dated after the report is not used.
void note_future_conditions(const Facts& facts, std::vector<Note>& notes) {
  for (const Condition& entry : facts.chart.conditions) {
    if (!is_future(entry, facts.as_of)) continue;
    notes.push_back({Note::Severity::warning, entry.reference,
                     facts.pack.phrases.say(PhraseId::note_future,
                                            {{"name", facts.pack.concepts[entry.id].label}})});
  }
}

/// Whether an entry speaks for the complaint.
bool holds(const Condition& entry, const Facts& facts) {
  return entry.certainty != Condition::Certainty::refuted && !is_over(entry, facts) &&
         !is_future(entry, facts.as_of);
}

bool about(const std::vector<ConceptId>& concepts, ConceptId id, const Pack& pack) {
  return std::any_of(concepts.begin(), concepts.end(),
                     [&](ConceptId wanted) { return pack.concepts[wanted].counts(id); });
}

/// The date that was answered last; where several may be the last, all days that they may mean.
std::optional<DateSpan> answered_onset(const Facts& facts, const Question& question) {
  struct Told {
    DateSpan onset, given;
  };
  std::vector<Told> told;
  Day surely = Day::min();  // by this day the last was given
  for (const fhir::Answer& answer : facts.chart.answers) {
    const auto* date = std::get_if<DateSpan>(&answer.value);
    if (answer.question != question.id || date == nullptr || date->first > facts.as_of) continue;
    told.push_back({*date, answer.date.value_or(DateSpan::on(facts.as_of))});
    surely = std::max(surely, told.back().given.first);
  }
  std::optional<DateSpan> found;
  for (const Told& one : told) {
    if (one.given.last < surely) continue;
    found = found ? DateSpan{std::min(found->first, one.onset.first),
                             std::max(found->last, one.onset.last)}
                  : one.onset;
  }
  return found;
}

/// The onset: as the caller says, else as answered, else the earliest of the complaint's entries.
std::optional<DateSpan> find_onset(const Facts& facts, const AssessOptions& options) {
  if (options.onset) return options.onset;
  const ComplaintRule& rule = facts.pack.complaint;
  std::optional<DateSpan> found;
  if (rule.onset_question)
    found = answered_onset(facts, facts.pack.questions[*rule.onset_question]);
  if (found) return found;
  for (const Condition& entry : facts.chart.conditions) {
    if (!entry.onset || !holds(entry, facts) || !about(rule.onset_concepts, entry.id, facts.pack)) {
      continue;
    }
    // The earliest of several: no later than any of them may be.
    found = found ? DateSpan{std::min(found->first, entry.onset->first),
                             std::min(found->last, entry.onset->last)}
                  : entry.onset;
  }
  return found;
}

Complaint find_complaint(const Facts& facts, const std::vector<RedFlagFinding>& red_flags) {
  Complaint complaint;
  complaint.onset = facts.onset;
  for (const Condition& entry : facts.chart.conditions) {
    if (!holds(entry, facts) || !about(facts.pack.complaint.concepts, entry.id, facts.pack)) {
      continue;
    }
    complaint.evidence.push_back(describe(entry, facts));
    complaint.evidence.back().says = Says::for_it;
  }
  sort_by_date(complaint.evidence);
  for (const Index question : facts.pack.complaint.questions) {
    Answer answer = ask(AnswerQuery{question, true}, facts);
    if (answer.truth != Truth::yes) continue;
    for (Evidence& evidence : answer.evidence) {
      evidence.says = Says::for_it;
      complaint.evidence.push_back(std::move(evidence));
    }
  }
  const bool flagged = std::any_of(red_flags.begin(), red_flags.end(), [](const auto& flag) {
    return flag.status == RedFlagStatus::present || flag.status == RedFlagStatus::possible;
  });
  if (flagged || !complaint.evidence.empty()) complaint.status = ComplaintStatus::recorded;
  return complaint;
}

Provenance provenance_of(const Pack& pack, const fhir::Chart& chart) {
  Provenance provenance = pack.provenance;
  provenance.resources_read = chart.resources_read;
  provenance.resources_used = chart.resources_used;
  provenance.resources_unreadable = chart.resources_unreadable;
  return provenance;
}

/// Nothing is recommended for somebody who has died.
void withdraw(std::vector<WorkupItem>& workup) {
  for (WorkupItem& item : workup) {
    if (item.status == WorkupStatus::recommended) item.status = WorkupStatus::not_needed;
  }
}

std::vector<Note> sorted(std::vector<Note> notes) {
  const auto key = [](const Note& note) { return std::tie(note.reference, note.text); };
  std::sort(notes.begin(), notes.end(),
            [&](const Note& a, const Note& b) { return key(a) < key(b); });
  notes.erase(std::unique(notes.begin(), notes.end()), notes.end());
  return notes;
}

std::vector<RedFlagFinding> red_flags_of(const Pack& pack, Evaluator& evaluator) {
  std::vector<RedFlagFinding> found;
  for (Index i = 0; i < pack.red_flags.size(); ++i) found.push_back(evaluator.red_flag(i));
  return found;
}
}  // namespace

Facts facts_of(const fhir::Chart& chart, const Pack& pack, const AssessOptions& options,
               std::vector<Note>& notes) {
  Facts facts{chart,
              pack,
              options.as_of,
              {},
              Results(chart, pack, options.as_of, notes),
              drug_courses(chart, pack, options.as_of),
              {},
              {}};
  AnswerReader(facts, notes).read();
  note_future_conditions(facts, notes);
  facts.onset = find_onset(facts, options);
  return facts;
}

Assessment assess(const fhir::Chart& chart, const Pack& pack, const AssessOptions& options) {
  std::vector<Note> notes = chart.notes;
  const Facts facts = facts_of(chart, pack, options, notes);
  Evaluator evaluator(facts);

  Assessment found;
  found.provenance = provenance_of(pack, chart);
  found.as_of = options.as_of;
  found.patient = chart.patient;
  for (const fhir::Allergy& allergy : chart.allergies) found.allergies.push_back(allergy.name);
  found.no_known_allergies = chart.no_known_allergies;
  for (const Banner& banner : pack.banners) {
    if (evaluator.evaluate(banner.when).truth == Truth::yes)
      found.banners.push_back({banner.text, banner.id, pack.claim_text(banner.claim)});
  }
  found.red_flags = red_flags_of(pack, evaluator);
  for (Index i = 0; i < pack.causes.size(); ++i) found.causes.push_back(evaluator.cause(i));
  for (Index i = 0; i < pack.scores.size(); ++i) found.scores.push_back(evaluator.score(i));
  std::stable_sort(found.red_flags.begin(), found.red_flags.end(),
                   [](const auto& a, const auto& b) { return a.status < b.status; });
  std::stable_sort(found.causes.begin(), found.causes.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.status, -a.strength) < std::tuple(b.status, -b.strength);
  });
  found.complaint = find_complaint(facts, found.red_flags);
  if (options.onset) {
    found.complaint.evidence.push_back({{},
                                        options.onset,
                                        Says::context,
                                        pack.phrases.say(PhraseId::complaint_onset_given, {}),
                                        {},
                                        {}});
  }
  found.workup = work_up(facts, evaluator);
  if (chart.patient.deceased) {
    withdraw(found.workup);
  } else {
    found.questions = open_questions(facts, evaluator);
  }
  found.labs = lab_series(facts);
  found.labs_not_on_file = labs_not_on_file(facts, found.workup);
  found.medications = medication_lines(facts, found.causes);
  found.medication_entries = chart.medication_entries;
  if (chart.patient.deceased) {
    notes.push_back({Note::Severity::warning, chart.patient.reference,
                     pack.phrases.say(PhraseId::note_deceased, {})});
  }
  found.notes = sorted(std::move(notes));
  found.claims = cited_claims(found, pack);
  return found;
}

ComplaintStatus complaint_status(const fhir::Chart& chart, const Pack& pack,
                                 const AssessOptions& options) {
  std::vector<Note> notes;
  const Facts facts = facts_of(chart, pack, options, notes);
  Evaluator evaluator(facts);
  return find_complaint(facts, red_flags_of(pack, evaluator)).status;
}
}  // namespace legwork::causes
