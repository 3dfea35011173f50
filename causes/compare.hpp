#pragma once

#include "causes/assessment.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::causes {
/// What became of one line of an assessment. A line stands where it tells the reader something: a
/// cause that is supported or possible, a red flag that is present or possible, an item of work-up
/// that is recommended, a question that is open.
enum class Turn { gained, lost, changed };

/// One line that two assessments have differently. No value: that assessment does not have it.
template <class State>
struct Change {
  std::string id, label;
  std::optional<State> was, is;
  Turn turn = Turn::changed;
  friend bool operator==(const Change&, const Change&) = default;
};

struct WorkupState {
  WorkupStatus status = WorkupStatus::not_needed;
  Urgency urgency = Urgency::routine;  ///< of what is recommended; else routine
  friend bool operator==(const WorkupState&, const WorkupState&) = default;
};

/// A question that is open; whether one is asked is all that can change.
struct QuestionState {
  friend bool operator==(const QuestionState&, const QuestionState&) = default;
};

/// What differs between two assessments of one patient: by two packs, or on two days.
struct Difference {
  std::vector<Change<RedFlagStatus>> red_flags;
  std::vector<Change<CauseStatus>> causes;
  std::vector<Change<WorkupState>> workup;
  std::vector<Change<QuestionState>> questions;

  bool empty() const;
};

/// Compares line by line, by id; labels are those of `now` where it has the line. In the order of
/// `now`, then what only `old` has, in its order. Evidence and wording are not compared.
/// Cost: linear in the lines.
Difference compare(const Assessment& old, const Assessment& now);

std::string_view word(Turn turn);  ///< "gained", "lost", "changed"
}  // namespace legwork::causes
