#pragma once

#include "causes/drugs.hpp"
#include "causes/pack.hpp"
#include "causes/results.hpp"
#include "causes/truth.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::causes {
/// What a criterion says of a chart, and why.
struct Answer {
  Truth truth = Truth::unknown;
  std::vector<Evidence> evidence;         ///< entries behind the answer; `says` is not set yet
  std::vector<std::string_view> unknown;  ///< questions and tests that would tell
  std::optional<DateSpan> since = {};     ///< when what it says began, where the chart tells

  /// Moves `since` to a beginning that lies before it.
  void begin(const std::optional<DateSpan>& on);
};

/// One chart, made ready to be asked. Everything it refers to must outlive it.
struct Facts {
  const fhir::Chart& chart;
  const Pack& pack;
  Day as_of;
  std::optional<DateSpan> onset;
  Results results;
  std::vector<DrugCourse> drugs;
  std::vector<std::optional<bool>> answers;         ///< by question; nothing: not asked
  std::vector<const fhir::Answer*> answer_sources;  ///< the same order; null: not asked

  bool is_answered(std::string_view question) const;
};

struct AssessOptions;

/// Makes a chart ready: its results, drugs, answers and onset. What cannot be used leaves a note.
/// In assess.cpp.
Facts facts_of(const fhir::Chart& chart, const Pack& pack, const AssessOptions& options,
               std::vector<fhir::Note>& notes);

// Each asks one kind of leaf. In medications.cpp, challenge.cpp, observations.cpp, conditions.cpp.
Answer ask(const MedicationQuery& query, const Facts& facts);
Answer ask(const ChallengeQuery& query, const Facts& facts);
Answer ask(const ObservationQuery& query, const Facts& facts);
Answer ask(const ConditionQuery& query, const Facts& facts);
Answer ask(const ProcedureQuery& query, const Facts& facts);
Answer ask(const AnswerQuery& query, const Facts& facts);
Answer ask(const AgeQuery& query, const Facts& facts);
Answer ask(const SexQuery& query, const Facts& facts);
Answer ask(const DeceasedQuery& query, const Facts& facts);

/// "amlodipine 10 mg, started 7 weeks before onset": one for each entry of the course.
std::vector<Evidence> describe(const DrugCourse& course, const Facts& facts);
Evidence describe(const fhir::Condition& entry, const Facts& facts);

/// Undated first; then by day, then by reference: no order of the chart's own shows.
void sort_by_date(std::vector<Evidence>& evidence);

/// Whether the entry is dated after the day: it is not used.
bool is_future(const fhir::Condition& entry, Day as_of);

/// Whether the entry was over on the day: resolved, or a passing finding of long ago.
bool is_over(const fhir::Condition& entry, const Facts& facts);

/// Answers criteria about one chart. Each cause, red flag, score and named criterion is evaluated
/// once, when it is first asked for.
class Evaluator {
 public:
  explicit Evaluator(const Facts& facts);

  Answer evaluate(const Criterion& criterion);
  const CauseFinding& cause(Index index);
  const RedFlagFinding& red_flag(Index index);
  const Score& score(Index index);

 private:
  std::vector<Answer> evaluate_each(const std::vector<Criterion>& children);
  const Answer& named(Index index);

  const Facts& facts_;
  const Pack& pack_;
  std::vector<std::optional<CauseFinding>> causes_;
  std::vector<std::optional<RedFlagFinding>> red_flags_;
  std::vector<std::optional<Score>> scores_;
  std::vector<std::optional<Answer>> named_;
};
}  // namespace legwork::causes
