#include "causes/evaluate.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

// What happened to an effect when a drug was stopped and taken up again: the strongest evidence
// that a chart can hold for a drug. Dates known in part are intervals: yes only where it holds for
// every day that they may mean.

namespace legwork::causes {
namespace {
using fhir::Condition;

/// One time that an effect was there.
struct Episode {
  const Condition* entry;
  std::optional<DateSpan> began, ended;
};

std::vector<Episode> episodes_of(const std::vector<ConceptId>& effects, const Facts& facts) {
  std::vector<Episode> found;
  for (const Condition& entry : facts.chart.conditions) {
    const bool wanted = std::any_of(effects.begin(), effects.end(), [&](ConceptId effect) {
      return facts.pack.concepts[effect].counts(entry.id);
    });
    if (!wanted || is_future(entry, facts.as_of)) continue;
    if (entry.certainty != Condition::Certainty::confirmed) continue;
    const bool has_ended = entry.abatement && entry.abatement->last <= facts.as_of;
    found.push_back({&entry, entry.onset ? entry.onset : entry.recorded,
                     has_ended ? entry.abatement : std::nullopt});
  }
  std::sort(found.begin(), found.end(), [](const Episode& a, const Episode& b) {
    const auto key = [](const Episode& episode) {
      return std::tuple(episode.began ? episode.began->first : Day::min(),
                        std::string_view(episode.entry->reference));
    };
    return key(a) < key(b);
  });
  return found;
}

/// Whether `then` surely lies within the period from `from` on.
bool follows(const DateSpan& then, const DateSpan& from, Period within) {
  return then.first >= from.last && then.last <= after(from.first, within);
}

/// The effect began under the drug and was gone soon after it was stopped.
bool went(const Episode& episode, const Pause& pause, const ChallengeQuery& query) {
  if (!episode.began || !episode.ended) return false;
  const bool under_the_drug = episode.began->last <= pause.stopped.first && pause.began &&
                              episode.began->first >= pause.began->last;
  return under_the_drug && follows(*episode.ended, pause.stopped, query.within);
}

bool came_back(const Episode& episode, const Pause& pause, const ChallengeQuery& query) {
  return pause.restarted && episode.began &&
         follows(*episode.began, *pause.restarted, query.within);
}

Evidence tell(PhraseId what, const Episode& episode, const DateSpan& change, const DateSpan& then,
              ConceptId drug, const Facts& facts) {
  const Pack& pack = facts.pack;
  const auto days = static_cast<int>((then.first - change.first).count());
  const std::string& own_name = episode.entry->name;
  const std::string& name = own_name.empty() ? pack.concepts[episode.entry->id].label : own_name;
  std::string text = pack.phrases.say(what, {{"name", name},
                                             {"drug", pack.concepts[drug].label},
                                             {"interval", pack.phrases.interval(days)}});
  return {episode.entry->reference, then, Says::context, std::move(text), {}, {}};
}

/// What one pause shows; nothing where it does not show what is asked for.
std::vector<Evidence> shown_by(const Pause& pause, const DrugCourse& course,
                               const std::vector<Episode>& episodes, const ChallengeQuery& query,
                               const Facts& facts) {
  std::vector<Evidence> relief, relapse;
  for (const Episode& episode : episodes) {
    if (went(episode, pause, query)) {
      relief.push_back(tell(PhraseId::challenge_relief, episode, pause.stopped, *episode.ended,
                            course.ingredient, facts));
    }
    if (came_back(episode, pause, query)) {
      relapse.push_back(tell(PhraseId::challenge_return, episode, *pause.restarted, *episode.began,
                             course.ingredient, facts));
    }
  }
  if (query.step == ChallengeQuery::Step::dechallenge) return relief;
  if (relief.empty() || relapse.empty()) return {};
  relief.insert(relief.end(), relapse.begin(), relapse.end());
  return relief;
}
}  // namespace

Answer ask(const ChallengeQuery& query, const Facts& facts) {
  Answer answer;
  const auto episodes = episodes_of(query.effects, facts);
  for (const DrugCourse& course : facts.drugs) {
    const bool wanted = facts.pack.concepts[query.id].counts(course.ingredient);
    if (!wanted || course.systemic != Truth::yes) continue;
    for (const Pause& pause : course.pauses) {
      const auto shown = shown_by(pause, course, episodes, query, facts);
      if (!shown.empty()) answer.truth = Truth::yes;
      answer.evidence.insert(answer.evidence.end(), shown.begin(), shown.end());
    }
  }
  return answer;
}
}  // namespace legwork::causes
