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

/// The answers that count, by question: the latest that is not too old. Answers of one day that
/// contradict each other cancel out.
void read_answers(Facts& facts, std::vector<Note>& notes) {
  const Pack& pack = facts.pack;
  const Day limit = before(facts.as_of, pack.answers_valid);
  facts.answers.assign(pack.questions.size(), {});
  facts.answer_sources.assign(pack.questions.size(), nullptr);
  const auto note = [&](const fhir::Answer& answer, PhraseId why, const std::string& question) {
    const auto& period = pack.answers_valid;
    notes.push_back({Note::Severity::warning, answer.reference,
                     pack.phrases.say(why, {{"question", question},
                                            {"name", question},
                                            {"interval", pack.phrases.interval(period.months * 30 +
                                                                               period.days)}})});
  };
  for (std::size_t i = 0; i < pack.questions.size(); ++i) {
    const Question& question = pack.questions[i];
    Day latest = Day::min();
    for (const fhir::Answer& answer : facts.chart.answers) {
      const auto* yes = std::get_if<bool>(&answer.value);
      if (answer.question != question.id || yes == nullptr) continue;
      const Day day = answer.date ? answer.date->last : facts.as_of;
      if (answer.date && answer.date->first > facts.as_of) {
        note(answer, PhraseId::note_future, question.label);
      } else if (day < limit) {
        note(answer, PhraseId::note_answer_old, question.label);
      } else if (day > latest) {
        latest = day;
        facts.answers[i] = *yes;
        facts.answer_sources[i] = &answer;
      } else if (day == latest && facts.answers[i] && *facts.answers[i] != *yes) {
        facts.answers[i].reset();
        note(answer, PhraseId::note_answers_contradict, question.label);
      }
    }
  }
}

/// Whether an entry speaks for the complaint.
bool holds(const Condition& entry, const Facts& facts) {
  return entry.certainty != Condition::Certainty::refuted && !is_over(entry, facts) &&
         !(entry.onset && entry.onset->first > facts.as_of);
}

bool about(const std::vector<ConceptId>& concepts, ConceptId id, const Pack& pack) {
  return std::any_of(concepts.begin(), concepts.end(),
                     [&](ConceptId wanted) { return pack.concepts[wanted].counts(id); });
}

/// The onset: as the caller says, else as answered, else the earliest of the complaint's entries.
std::optional<DateSpan> find_onset(const Facts& facts, const AssessOptions& options) {
  if (options.onset) return options.onset;
  const ComplaintRule& rule = facts.pack.complaint;
  std::optional<DateSpan> found;
  if (rule.onset_question) {
    const std::string& id = facts.pack.questions[*rule.onset_question].id;
    for (const fhir::Answer& answer : facts.chart.answers) {
      const auto* date = std::get_if<DateSpan>(&answer.value);
      if (answer.question == id && date != nullptr && date->first <= facts.as_of) found = *date;
    }
  }
  if (found) return found;
  for (const Condition& entry : facts.chart.conditions) {
    if (!entry.onset || !holds(entry, facts) || !about(rule.onset_concepts, entry.id, facts.pack)) {
      continue;
    }
    if (!found || entry.onset->first < found->first) found = entry.onset;
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
  read_answers(facts, notes);
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
    if (evaluator.evaluate(banner.when).truth == Truth::yes) found.banners.push_back(banner.text);
  }
  for (Index i = 0; i < pack.red_flags.size(); ++i)
    found.red_flags.push_back(evaluator.red_flag(i));
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
}  // namespace legwork::causes
