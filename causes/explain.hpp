#pragma once

#include "causes/assess.hpp"
#include "causes/rules.hpp"
#include "causes/truth.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::causes {
/// One node of the evaluation of a cause or red flag, with all that stands under it: the finding
/// holds its rules, a rule its criterion, a criterion what it is made of.
struct Explained {
  enum class Kind { cause, red_flag, score, rule, item, criterion };
  /// What would tell where the answer is unknown: a question or test of the pack.
  struct Asked {
    std::string id, label;
  };

  Kind kind = Kind::criterion;
  std::string id;     ///< of all but a criterion; "decides" has no id of its own but this
  std::string words;  ///< the label of a finding, score or item; of a rule what its kind does;
                      ///< in_words of a criterion
  std::optional<Truth> truth;  ///< none for what has only a status
  std::string status;  ///< a cause's or red flag's, also where a criterion asks for it; "1 to 4"
  std::optional<RuleKind> rule;     ///< of a rule
  int weight = 0;                   ///< of a rule: in the strength; of an item: its points
  bool decided = false;             ///< of a rule: the status is what it is because of this one
  std::optional<ClaimText> claim;   ///< of a rule or score; none of what decides
  std::vector<Evidence> evidence;   ///< of a leaf; `says`, `rule` and `claim` are not set
  std::vector<Asked> unknown;       ///< of a leaf
  std::vector<Explained> children;  ///< in the order of the pack; rules in the order they are asked
};

/// How `assess` comes to the status of one cause or red flag: every rule, asked of the same
/// Evaluator. Named criteria and scores are unfolded; another cause or red flag is there with its
/// status only. Nothing where the pack has neither a cause nor a red flag of this id.
std::optional<Explained> explain(const fhir::Chart& chart, const Pack& pack,
                                 const AssessOptions& options, std::string_view id);

/// What can be explained: the ids of the causes, then those of the red flags.
std::vector<std::string> explainable(const Pack& pack);

/// The tree as JSON: the contract in docs/explanation.schema.json. UTF-8, one line, no new line at
/// the end.
std::string to_json(const Explained& explained);

std::string_view word(Truth truth);           ///< "yes", "no", "unknown"
std::string_view word(Explained::Kind kind);  ///< "cause", "red-flag" …
}  // namespace legwork::causes
