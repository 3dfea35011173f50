#include "causes/evaluate.hpp"

#include <algorithm>

namespace legwork::causes {
namespace {
/// Evidence and unknowns of several rules, gathered under one finding: what stands there twice
/// stays where it says most.
class Gathering {
 public:
  explicit Gathering(const Facts& facts) : facts_(facts) {}

  /// How loudly evidence speaks: an objection to the cause over support for it.
  enum class Rank { context, silent_no, supports, objects };

  /// Evidence that a sign of the cause is missing. That something is not on a list says so only
  /// where it decides the cause (see `decides`), not under every sign.
  void add_missing(const Rule& rule, Answer answer) {
    std::erase_if(answer.evidence,
                  [](const Evidence& evidence) { return evidence.reference.empty(); });
    add(rule, answer, Says::against_it, Rank::silent_no);
  }

  void add(const Rule& rule, const Answer& answer, Says says, Rank rank) {
    for (Evidence evidence : answer.evidence) {
      evidence.says = says;
      evidence.rule = rule.id;
      evidence.claim = rule.claim;
      place(std::move(evidence), rank);
    }
  }

  /// What would tell; a question that was answered has told.
  void ask(const std::vector<std::string_view>& unknown) {
    for (const auto id : unknown) {
      const bool is_listed = std::find(unknown_.begin(), unknown_.end(), id) != unknown_.end();
      if (!is_listed && !facts_.is_answered(id)) unknown_.emplace_back(id);
    }
  }

  std::vector<Evidence> evidence() {
    std::stable_sort(placed_.begin(), placed_.end(), [](const Placed& a, const Placed& b) {
      return a.evidence.says < b.evidence.says;
    });
    std::vector<Evidence> found;
    for (Placed& placed : placed_) found.push_back(std::move(placed.evidence));
    return found;
  }
  std::vector<std::string> unknown() { return std::move(unknown_); }

 private:
  struct Placed {
    Evidence evidence;
    Rank rank;
  };

  void place(Evidence evidence, Rank rank) {
    for (Placed& placed : placed_) {
      if (placed.evidence.reference != evidence.reference ||
          placed.evidence.text != evidence.text) {
        continue;
      }
      if (rank > placed.rank) placed = {std::move(evidence), rank};
      return;
    }
    placed_.push_back({std::move(evidence), rank});
  }

  const Facts& facts_;
  std::vector<Placed> placed_;
  std::vector<std::string> unknown_;
};

using Rank = Gathering::Rank;

/// Asks rules of one kind; true if any says yes. `strength` grows by the weights of those that do.
bool ask_rules(const std::vector<Rule>& rules, Says if_yes, Rank rank, Evaluator& evaluator,
               Gathering& gathering, int& strength) {
  bool any = false;
  for (const Rule& rule : rules) {
    const Answer answer = evaluator.evaluate(rule.criterion);
    switch (answer.truth) {
      case Truth::yes:
        any = true;
        strength += rule.weight;
        gathering.add(rule, answer, if_yes, rank);
        break;
      case Truth::unknown:
        gathering.add(rule, answer, Says::context, Rank::context);
        gathering.ask(answer.unknown);
        break;
      case Truth::no:
        if (if_yes == Says::for_it) gathering.add_missing(rule, answer);
        break;
    }
  }
  return any;
}

CauseStatus status_of(bool strong, bool weak, bool capped, bool ruled_out, Truth decides) {
  if (strong) return capped ? CauseStatus::possible : CauseStatus::supported;
  if (ruled_out) return CauseStatus::unlikely;
  if (weak) return CauseStatus::possible;
  return decides == Truth::no ? CauseStatus::unlikely : CauseStatus::undetermined;
}

Origin origin_of(const std::vector<ClaimText>& claims) {
  const bool from_article = std::any_of(claims.begin(), claims.end(), [](const ClaimText& claim) {
    return claim.origin == Origin::article;
  });
  return from_article ? Origin::article : Origin::guideline;
}

std::vector<ClaimText> texts_of(const std::vector<std::string>& ids, const Pack& pack) {
  std::vector<ClaimText> found;
  for (const auto& id : ids) found.push_back(pack.claim_text(id));
  return found;
}
}  // namespace

const CauseFinding& Evaluator::cause(Index index) {
  if (causes_[index]) return *causes_[index];
  const Cause& rule = pack_.causes[index];
  CauseFinding found;
  found.id = rule.id;
  found.label = rule.label;
  found.claims = texts_of(rule.claims, pack_);
  found.origin = origin_of(found.claims);
  found.would_change = rule.would_change;

  Gathering gathering(facts_);
  int objections = 0;
  const bool ruled_out =
      ask_rules(rule.rules_out, Says::against_it, Rank::objects, *this, gathering, objections);
  const bool capped =
      ask_rules(rule.caps, Says::against_it, Rank::objects, *this, gathering, objections);
  ask_rules(rule.against, Says::against_it, Rank::objects, *this, gathering, objections);
  const bool strong =
      ask_rules(rule.strong, Says::for_it, Rank::supports, *this, gathering, found.strength);
  const bool weak =
      ask_rules(rule.weak, Says::for_it, Rank::supports, *this, gathering, found.strength);
  Truth decides = Truth::unknown;
  if (rule.decides) {
    const Answer answer = evaluate(*rule.decides);
    decides = answer.truth;
    gathering.ask(answer.unknown);
    if (decides == Truth::no) {
      gathering.add({"decides", rule.claims.front(), 0, {}}, answer, Says::against_it,
                    Rank::silent_no);
    }
  }
  if (capped) found.strength = 0;  // what cannot explain the onset stands last among its like
  found.strength -= objections;
  found.status = status_of(strong, weak, capped, ruled_out, decides);
  found.evidence = gathering.evidence();
  if (found.status != CauseStatus::unlikely) found.unknown = gathering.unknown();
  return causes_[index].emplace(std::move(found));
}

const RedFlagFinding& Evaluator::red_flag(Index index) {
  if (red_flags_[index]) return *red_flags_[index];
  const RedFlag& rule = pack_.red_flags[index];
  RedFlagFinding found;
  found.id = rule.id;
  found.label = rule.label;
  found.action = rule.action;
  found.claims = texts_of(rule.claims, pack_);

  Gathering gathering(facts_);
  int strength = 0;
  const bool present =
      ask_rules(rule.present, Says::for_it, Rank::supports, *this, gathering, strength);
  const bool possible =
      ask_rules(rule.possible, Says::for_it, Rank::supports, *this, gathering, strength);
  const bool absent =
      ask_rules(rule.absent, Says::against_it, Rank::silent_no, *this, gathering, strength);
  found.status = present    ? RedFlagStatus::present
                 : possible ? RedFlagStatus::possible
                 : absent   ? RedFlagStatus::absent
                            : RedFlagStatus::not_recorded;
  found.evidence = gathering.evidence();
  const bool settled = present || found.status == RedFlagStatus::absent;
  if (!settled) found.unknown = gathering.unknown();
  return red_flags_[index].emplace(std::move(found));
}
}  // namespace legwork::causes
