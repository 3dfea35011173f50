#include "causes/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace legwork::causes {
namespace {
/// Says one node. A kind of node without an overload of its own is said by `criterion.other`.
class Words {
 public:
  explicit Words(const Pack& pack) : pack_(pack), phrases_(pack.phrases) {}

  std::string say(const All&) const { return phrases_.say(PhraseId::criterion_all, {}); }
  std::string say(const Any&) const { return phrases_.say(PhraseId::criterion_any, {}); }
  std::string say(const Not&) const { return phrases_.say(PhraseId::criterion_not, {}); }
  std::string say(const AtLeast& node) const {
    return phrases_.say(PhraseId::criterion_at_least_n, {{"n", std::to_string(node.n)}});
  }
  std::string say(const Recorded&) const { return phrases_.say(PhraseId::criterion_recorded, {}); }
  std::string say(const Sequence&) const { return phrases_.say(PhraseId::criterion_sequence, {}); }
  std::string say(const Use& node) const { return in_words(pack_.criteria[node.criterion]); }

  std::string say(const MedicationQuery& query) const {
    const std::string period = query.within ? in_words(*query.within, phrases_) : std::string{};
    std::string words = phrases_.say(
        phrase_for(query), {{"name", pack_.concepts[query.id].label}, {"period", period}});
    if (query.start == MedicationQuery::Start::before_onset) {
      words = with(PhraseId::criterion_before_onset, words, period);
    } else if (query.start == MedicationQuery::Start::after_onset) {
      words = with(PhraseId::criterion_after_onset, words);
    }
    return query.local_counts ? with(PhraseId::criterion_any_route, words) : words;
  }

  std::string say(const ChallengeQuery& query) const {
    std::string effects;
    for (const ConceptId effect : query.effects) {
      const std::string& next = pack_.concepts[effect].label;
      effects = effects.empty()
                    ? next
                    : phrases_.say(PhraseId::criterion_or, {{"a", effects}, {"b", next}});
    }
    const bool again = query.step == ChallengeQuery::Step::rechallenge;
    return phrases_.say(again ? PhraseId::criterion_rechallenge : PhraseId::criterion_dechallenge,
                        {{"name", pack_.concepts[query.id].label},
                         {"effects", effects},
                         {"period", in_words(query.within, phrases_)}});
  }

  std::string say(const ObservationQuery& query) const {
    const std::string& name = pack_.concepts[query.id].label;
    std::string words;
    if (query.present) {
      words =
          phrases_.say(*query.present ? PhraseId::criterion_present : PhraseId::criterion_absent,
                       {{"name", name}});
    } else if (query.bounds.empty()) {
      words = phrases_.say(PhraseId::criterion_measured, {{"name", name}});
    } else {
      words =
          phrases_.say(PhraseId::criterion_value, {{"name", name}, {"bounds", bounds_of(query)}});
    }
    if (query.age_limit) {
      words = phrases_.say(PhraseId::criterion_per_year,
                           {{"text", words},
                            {"age", std::to_string(query.age_limit->over)},
                            {"n", fmt::format("{}", query.age_limit->per_year)}});
    }
    words = within(words, query.within);
    if (!query.sustained) return words;
    return with(PhraseId::criterion_sustained, words, in_words(*query.sustained, phrases_));
  }

  std::string say(const ConditionQuery& query) const {
    std::string words = within(
        phrases_.say(PhraseId::criterion_condition, {{"name", pack_.concepts[query.id].label}}),
        query.within);
    if (query.one_side) words = with(PhraseId::criterion_one_side, words);
    if (query.past_only) {
      words = with(PhraseId::criterion_only_resolved, words);
    } else if (query.resolved_counts) {
      words = with(PhraseId::criterion_also_resolved, words);
    }
    if (query.suspected_counts) words = with(PhraseId::criterion_also_suspected, words);
    if (!query.sustained) return words;
    return with(PhraseId::criterion_sustained_entries, words, in_words(*query.sustained, phrases_));
  }

  std::string say(const ProcedureQuery& query) const {
    return within(
        phrases_.say(PhraseId::criterion_procedure, {{"name", pack_.concepts[query.id].label}}),
        query.within);
  }

  std::string say(const AnswerQuery& query) const {
    return phrases_.say(query.is ? PhraseId::answer_yes : PhraseId::answer_no,
                        {{"question", pack_.questions[query.question].label}});
  }

  std::string say(const AgeQuery& query) const {
    return phrases_.say(PhraseId::criterion_age, {{"bounds", bound(query.bound, "")}});
  }

  std::string say(const SexQuery& query) const {
    return phrases_.say(
        query.is == "female" ? PhraseId::criterion_sex_female : PhraseId::criterion_sex_male, {});
  }

  std::string say(const DeceasedQuery&) const {
    return phrases_.say(PhraseId::criterion_deceased, {});
  }

  std::string say(const CauseQuery& query) const {
    return phrases_.say(PhraseId::criterion_cause,
                        {{"name", pack_.causes[query.cause].label},
                         {"statuses", any_of<CauseStatus>(query.statuses)}});
  }

  std::string say(const RedFlagQuery& query) const {
    return phrases_.say(PhraseId::criterion_red_flag,
                        {{"name", pack_.red_flags[query.red_flag].label},
                         {"statuses", any_of<RedFlagStatus>(query.statuses)}});
  }

  std::string say(const ScoreQuery& query) const {
    return phrases_.say(PhraseId::criterion_score, {{"name", pack_.scores[query.score].label},
                                                    {"n", std::to_string(query.at_least)}});
  }

  std::string other() const { return phrases_.say(PhraseId::criterion_other, {}); }

 private:
  /// What is added to words already said.
  std::string with(PhraseId id, const std::string& words, const std::string& period = {}) const {
    return phrases_.say(id, {{"text", words}, {"period", period}});
  }

  std::string within(const std::string& words, const std::optional<Period>& period) const {
    return period ? with(PhraseId::criterion_within, words, in_words(*period, phrases_)) : words;
  }

  static PhraseId phrase_for(const MedicationQuery& query) {
    switch (query.state) {
      case MedicationQuery::State::taking:
        return PhraseId::criterion_taking;
      case MedicationQuery::State::stopped:
        return query.within ? PhraseId::criterion_stopped_within : PhraseId::criterion_stopped;
      case MedicationQuery::State::ever:
        return PhraseId::criterion_ever;
    }
    return PhraseId::criterion_taking;
  }

  static PhraseId phrase_for(Bound::Relation relation) {
    switch (relation) {
      case Bound::Relation::below:
        return PhraseId::criterion_below;
      case Bound::Relation::at_most:
        return PhraseId::criterion_at_most;
      case Bound::Relation::above:
        return PhraseId::criterion_above;
      case Bound::Relation::at_least:
        return PhraseId::criterion_at_least;
    }
    return PhraseId::criterion_below;
  }

  std::string bound(const Bound& bound, const std::string& unit) const {
    const auto value = unit.empty() || unit == "1" ? fmt::format("{}", bound.value)
                                                   : fmt::format("{} {}", bound.value, unit);
    return phrases_.say(phrase_for(bound.relation), {{"value", value}});
  }

  /// A bound in multiples of what the laboratory calls normal: "above 10 times the upper limit".
  std::string multiple(const Bound& bound, ObservationQuery::Scale scale) const {
    const bool upper = scale == ObservationQuery::Scale::upper_limit;
    const bool once = bound.value == 1;
    const PhraseId limit = upper  ? once ? PhraseId::criterion_upper : PhraseId::criterion_upper_n
                           : once ? PhraseId::criterion_lower
                                  : PhraseId::criterion_lower_n;
    const auto value = phrases_.say(limit, {{"n", fmt::format("{}", bound.value)}});
    return phrases_.say(phrase_for(bound.relation), {{"value", value}});
  }

  std::string bounds_of(const ObservationQuery& query) const {
    std::string words;
    for (const Bound& one : query.bounds) {
      const auto next = query.scale == ObservationQuery::Scale::unit
                            ? bound(one, pack_.concepts[query.id].unit)
                            : multiple(one, query.scale);
      words =
          words.empty() ? next : phrases_.say(PhraseId::criterion_and, {{"a", words}, {"b", next}});
    }
    return words;
  }

  template <class Status>
  std::string any_of(const std::vector<std::uint8_t>& statuses) const {
    std::string words;
    for (const auto status : statuses) {
      const auto next = in_words(static_cast<Status>(status), phrases_);
      words =
          words.empty() ? next : phrases_.say(PhraseId::criterion_or, {{"a", words}, {"b", next}});
    }
    return words;
  }

  const Pack& pack_;
  const Phrases& phrases_;
};
}  // namespace

std::string in_words(const Criterion& criterion, const Pack& pack) {
  const Words words(pack);
  return std::visit(
      [&](const auto& node) {
        if constexpr (requires { words.say(node); }) {
          return words.say(node);
        } else {
          return words.other();
        }
      },
      criterion.node);
}

std::string in_words(Period period, const Phrases& phrases) {
  const auto count = [&](int n, PhraseId one, PhraseId many) {
    return phrases.say(n == 1 ? one : many, {{"n", std::to_string(n)}});
  };
  std::string words;
  if (period.months >= 24 && period.months % 12 == 0) {
    words = count(period.months / 12, PhraseId::interval_one_year, PhraseId::interval_years);
  } else if (period.months > 0) {
    words = count(period.months, PhraseId::interval_one_month, PhraseId::interval_months);
  }
  if (period.days == 0 && !words.empty()) return words;
  const bool whole_weeks = period.days >= 14 && period.days % 7 == 0;
  const auto days =
      whole_weeks ? count(period.days / 7, PhraseId::interval_one_week, PhraseId::interval_weeks)
                  : count(period.days, PhraseId::interval_one_day, PhraseId::interval_days);
  if (words.empty()) return days;
  return phrases.say(PhraseId::criterion_and, {{"a", words}, {"b", days}});
}

std::string in_words(CauseStatus status, const Phrases& phrases) {
  switch (status) {
    case CauseStatus::supported:
      return phrases.say(PhraseId::criterion_supported, {});
    case CauseStatus::possible:
      return phrases.say(PhraseId::criterion_possible, {});
    case CauseStatus::undetermined:
      return phrases.say(PhraseId::criterion_undetermined, {});
    case CauseStatus::unlikely:
      return phrases.say(PhraseId::criterion_unlikely, {});
  }
  return {};
}

std::string in_words(RedFlagStatus status, const Phrases& phrases) {
  switch (status) {
    case RedFlagStatus::present:
      return phrases.say(PhraseId::criterion_flag_present, {});
    case RedFlagStatus::possible:
      return phrases.say(PhraseId::criterion_possible, {});
    case RedFlagStatus::not_recorded:
      return phrases.say(PhraseId::criterion_flag_not_recorded, {});
    case RedFlagStatus::absent:
      return phrases.say(PhraseId::criterion_flag_absent, {});
  }
  return {};
}

std::string in_words(const NamedCriterion& criterion) {
  std::string words = criterion.id;
  std::replace(words.begin(), words.end(), '-', ' ');
  return words;
}
}  // namespace legwork::causes
