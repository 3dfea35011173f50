#include "causes/phrases.hpp"

#include <cstdlib>

namespace legwork::causes {
const std::array<std::string_view, static_cast<std::size_t>(PhraseId::count_)> phrase_ids = {
    "evidence.by-name",
    "evidence.by-site-code",
    "interval.days",
    "interval.weeks",
    "interval.months",
    "interval.years",
    "interval.one-day",
    "interval.one-week",
    "interval.one-month",
    "interval.one-year",
    "medication.before-onset",
    "medication.on-onset",
    "medication.after-onset",
    "medication.since",
    "medication.start-unknown",
    "medication.raised",
    "medication.also",
    "medication.stopped",
    "medication.paused",
    "medication.local",
    "medication.route-unclear",
    "medication.none",
    "medication.unidentified",
    "challenge.relief",
    "challenge.return",
    "observation.value",
    "observation.old",
    "observation.calculated",
    "condition.listed",
    "condition.resolved",
    "condition.suspected",
    "condition.refuted",
    "condition.visit",
    "condition.observed",
    "procedure.done",
    "procedure.old",
    "answer.yes",
    "answer.no",
    "complaint.onset-given",
    "workup.never",
    "workup.old",
    "workup.on-file",
    "note.unit-unknown",
    "note.unit-missing",
    "note.unit-repaired",
    "note.not-a-number",
    "note.no-value",
    "note.implausible",
    "note.undated",
    "note.future",
    "note.contradiction",
    "note.answers-contradict",
    "note.answer-old",
    "note.flag-contradicts",
    "note.deceased",
    "criterion.all",
    "criterion.any",
    "criterion.at-least-n",
    "criterion.not",
    "criterion.taking",
    "criterion.stopped",
    "criterion.stopped-within",
    "criterion.ever",
    "criterion.before-onset",
    "criterion.after-onset",
    "criterion.any-route",
    "criterion.value",
    "criterion.measured",
    "criterion.present",
    "criterion.absent",
    "criterion.below",
    "criterion.at-most",
    "criterion.above",
    "criterion.at-least",
    "criterion.upper",
    "criterion.upper-n",
    "criterion.lower",
    "criterion.lower-n",
    "criterion.within",
    "criterion.sustained",
    "criterion.condition",
    "criterion.one-side",
    "criterion.also-resolved",
    "criterion.also-suspected",
    "criterion.procedure",
    "criterion.age",
    "criterion.sex-female",
    "criterion.sex-male",
    "criterion.deceased",
    "criterion.cause",
    "criterion.red-flag",
    "criterion.score",
    "criterion.other",
    "criterion.recorded",
    "criterion.sequence",
    "criterion.dechallenge",
    "criterion.rechallenge",
    "criterion.only-resolved",
    "criterion.sustained-entries",
    "criterion.per-year",
    "criterion.and",
    "criterion.or",
    "criterion.supported",
    "criterion.possible",
    "criterion.undetermined",
    "criterion.unlikely",
    "criterion.flag-present",
    "criterion.flag-absent",
    "criterion.flag-not-recorded",
    "rule.strong",
    "rule.caps",
    "rule.rules-out",
    "rule.weak",
    "rule.decides",
    "rule.against",
    "rule.present",
    "rule.possible",
    "rule.absent",
};

std::string Phrases::say(
    PhraseId id,
    std::initializer_list<std::pair<std::string_view, std::string_view>> values) const {
  const std::string& phrase = text[static_cast<std::size_t>(id)];
  std::string said;
  for (std::size_t at = 0; at < phrase.size();) {
    const auto open = phrase.find('{', at);
    const auto close = phrase.find('}', open);
    said.append(phrase, at, std::min(open, phrase.size()) - at);
    if (open == phrase.npos || close == phrase.npos) break;
    const std::string_view name(phrase.data() + open + 1, close - open - 1);
    std::string_view value(phrase.data() + open, close - open + 1);
    for (const auto& [key, given] : values) {
      if (key == name) value = given;
    }
    said += value;
    at = close + 1;
  }
  return said;
}

std::string Phrases::marked(std::string evidence, fhir::MatchedBy by) const {
  switch (by) {
    case fhir::MatchedBy::code:
      break;
    case fhir::MatchedBy::site_code:
      return say(PhraseId::evidence_by_site_code, {{"text", evidence}});
    case fhir::MatchedBy::name:
      return say(PhraseId::evidence_by_name, {{"text", evidence}});
  }
  return evidence;
}

std::string Phrases::interval(int days) const {
  days = std::abs(days);
  const auto count = [&](int n, PhraseId one, PhraseId many) {
    return say(n == 1 ? one : many, {{"n", std::to_string(n)}});
  };
  if (days < 14) return count(days, PhraseId::interval_one_day, PhraseId::interval_days);
  if (days < 91) return count(days / 7, PhraseId::interval_one_week, PhraseId::interval_weeks);
  if (days < 730) {
    return count(days * 12 / 365, PhraseId::interval_one_month, PhraseId::interval_months);
  }
  // Two days of grace: five calendar years may hold one leap day less than five quarters of four.
  return count((days + 2) * 4 / 1461, PhraseId::interval_one_year, PhraseId::interval_years);
}
}  // namespace legwork::causes
