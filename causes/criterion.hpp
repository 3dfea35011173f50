#pragma once

#include "base/date.hpp"
#include "fhir/chart.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace legwork::causes {
using fhir::ConceptId;

/// Index of a cause, red flag, question, test, score or named criterion in the pack's list of them.
using Index = std::uint16_t;

struct Criterion;

struct All {
  std::vector<Criterion> of;
};
struct Any {
  std::vector<Criterion> of;
};
struct Not {
  std::vector<Criterion> of;  ///< exactly one; a vector because Criterion is not complete here
};
/// Whether the record holds it: yes where it says so, else no. For what is assumed until it is
/// recorded (that a patient is not pregnant), and for what only adds to a rule once it is: it asks
/// for nothing. Never to deny a finding.
struct Recorded {
  std::vector<Criterion> of;  ///< exactly one
};
struct AtLeast {
  int n = 1;
  std::vector<Criterion> of;
};
/// All of it, and one after the other: no step began before the step that stands before it. A step
/// that no date tells (an answer) does not break the order.
struct Sequence {
  std::vector<Criterion> of;
};
/// A criterion with a name, shared by several.
struct Use {
  Index criterion = 0;
};

struct MedicationQuery {
  enum class State { taking, stopped, ever };
  enum class Start { any, before_onset, after_onset };
  ConceptId id = 0;
  State state = State::taking;
  Start start = Start::any;
  bool local_counts = false;
  std::optional<Period> within;
};

/// Whether an effect went when the drug was stopped (dechallenge), and came back when it was taken
/// up again (rechallenge). Never no: that neither is recorded does not say that neither happened.
struct ChallengeQuery {
  enum class Step { dechallenge, rechallenge };
  ConceptId id = 0;                ///< a drug
  std::vector<ConceptId> effects;  ///< conditions
  Step step = Step::dechallenge;
  Period within;  ///< from the stop to the relief, from the restart to the return
};

/// A bound on a value. Multiples are of the laboratory's own limit.
struct Bound {
  enum class Relation { below, at_most, above, at_least };
  Relation relation = Relation::below;
  double value = 0;
};

/// A bound that grows with age: so much a year of age, for those older than `over` years.
struct AgeLimit {
  double per_year = 0;
  int over = 0;
};

struct ObservationQuery {
  enum class Scale { unit, upper_limit, lower_limit };
  ConceptId id = 0;
  std::vector<Bound>
      bounds;  ///< all must hold; empty with `present` set, or where any value will do
  Scale scale = Scale::unit;
  std::optional<AgeLimit> age_limit;  ///< takes the place of the one bound's value
  std::optional<bool> present;
  std::optional<Period> within, sustained;
};

struct ConditionQuery {
  ConceptId id = 0;
  bool resolved_counts = false;
  bool past_only = false;  ///< only what is over counts
  bool suspected_counts = false;
  bool one_side = false;
  std::optional<Period> within;
  std::optional<Period> sustained;  ///< and another entry of it, at least so much earlier
};

struct ProcedureQuery {
  ConceptId id = 0;
  std::optional<Period> within;
};

struct AnswerQuery {
  Index question = 0;
  bool is = true;
};

struct AgeQuery {
  Bound bound;  ///< below or at_least, in years
};

struct SexQuery {
  std::string is;
};

struct DeceasedQuery {};

struct CauseQuery {
  Index cause = 0;
  std::vector<std::uint8_t> statuses;  ///< CauseStatus values
};

struct RedFlagQuery {
  Index red_flag = 0;
  std::vector<std::uint8_t> statuses;  ///< RedFlagStatus values
};

struct ScoreQuery {
  Index score = 0;
  int at_least = 0;
};

/// A question to the chart, whose answer is yes, no or unknown.
struct Criterion {
  std::variant<All, Any, Not, Recorded, AtLeast, Sequence, Use, MedicationQuery, ChallengeQuery,
               ObservationQuery, ConditionQuery, ProcedureQuery, AnswerQuery, AgeQuery, SexQuery,
               DeceasedQuery, CauseQuery, RedFlagQuery, ScoreQuery>
      node;
  std::vector<std::string> asks;  ///< questions and tests that would tell when it is unknown
};
}  // namespace legwork::causes
