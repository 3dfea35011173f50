#include "report/sheet_findings.hpp"

#include "report/document_words.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
using namespace causes;

constexpr std::size_t most_cards = 3, most_statements = 2;

/// Days from the drug's start to the onset, where both are known to the day and the drug came
/// first.
std::optional<int> days_before_onset(const Assessment& assessment, const MedicationLine& drug) {
  const auto& onset = assessment.complaint.onset;
  if (!onset || !onset->exact() || !drug.start || !drug.start->exact()) return {};
  const auto days = static_cast<int>((onset->first - drug.start->first).count());
  return days > 0 ? std::optional(days) : std::nullopt;
}

struct FlaggedLab {
  const LabSeries* series = nullptr;
  const LabWords* words = nullptr;
};

/// The first of a cause's results that lies outside the limits its laboratory sent.
FlaggedLab flagged_lab(const Assessment& assessment, const CauseWords& cause) {
  for (const auto& lab : cause.labs) {
    const auto series = std::ranges::find(assessment.labs, lab.concept_id, &LabSeries::id);
    if (series == assessment.labs.end() || series->stale || series->points.empty()) continue;
    const bool low = lab.side == LabWords::Side::low;
    if (series->flag != (low ? LabSeries::Flag::low : LabSeries::Flag::high)) continue;
    if (low ? series->limit_low : series->limit_high) return {&*series, &lab};
  }
  return {};
}

/// One cause, as far as it can be told of this patient.
class Telling {
 public:
  Telling(const Assessment& assessment, const CauseWords& cause, CauseStatus status,
          const Wording& wording)
      : assessment_(assessment),
        cause_(cause),
        supported_(status == CauseStatus::supported),
        wording_(wording),
        lab_(flagged_lab(assessment, cause)),
        drug_(drug_of(assessment, {cause.id})) {}

  /// A sentence that names the drug can be said only where it is taken.
  bool can_be_told() const { return !cause_.names_drug() || drug_ != nullptr; }

  std::string statement() const {
    const bool sure = supported_ && (cause_.labs.empty() || lab_.series != nullptr);
    return with_drug(sure ? cause_.statement : cause_.maybe);
  }

  std::string ask() const { return with_drug(cause_.ask); }

  Sheet::Card card() const {
    Sheet::Card card{cause_.icon, false, cause_.head, {}, {}};
    if (lab_.series != nullptr) {
      card.flagged = true;
      card.text = lab_text();
      card.line = number_line();
      return card;
    }
    const auto days = drug_ ? days_before_onset(assessment_, *drug_) : std::nullopt;
    if (days && !cause_.started.empty())
      card.text = filled(cause_.started, {{"drug", drug_->name},
                                          {"interval", unbroken(interval_words(wording_, *days))}});
    else
      card.text = with_drug(cause_.taken.empty() ? cause_.general : cause_.taken);
    return card;
  }

 private:
  std::string with_drug(const std::string& text) const {
    return filled(text, {{"drug", drug_ ? drug_->name : ""}});
  }

  std::string lab_text() const {
    const auto& series = *lab_.series;
    return filled(lab_.words->text,
                  {{"value", series.points.back().printed},
                   {"low", series.limit_low ? number_words(*series.limit_low) : ""},
                   {"high", series.limit_high ? number_words(*series.limit_high) : ""}});
  }

  NumberLine number_line() const {
    const auto& series = *lab_.series;
    return {series.points.back().value, series.limit_low,         series.limit_high,
            wording_["found.you"],      wording_["found.normal"], lab_text()};
  }

  const Assessment& assessment_;
  const CauseWords& cause_;
  bool supported_;
  const Wording& wording_;
  FlaggedLab lab_;
  const MedicationLine* drug_;
};

void add_sentence(std::string& text, const std::string& sentence) {
  if (sentence.empty()) return;
  if (!text.empty()) text += ' ';
  text += sentence;
}

/// What must not wait, in the pack's calm words: one sentence, of the most pressing.
std::string urgent_words(const Assessment& assessment, const PatientWords& words,
                         const Template& form) {
  std::string possible;
  for (const auto& flag : assessment.red_flags) {
    const auto* said = words.red_flag(flag.id);
    if (said == nullptr) continue;
    const auto fill_in = [&](const std::string& text) {
      return filled(text, {{"number", form.contacts.emergency}});
    };
    if (flag.status == RedFlagStatus::present) return fill_in(said->present);
    if (flag.status == RedFlagStatus::possible && possible.empty())
      possible = fill_in(said->possible);
  }
  if (!possible.empty()) return possible;
  const bool today = std::ranges::any_of(assessment.workup, [](const WorkupItem& item) {
    return item.status == WorkupStatus::recommended &&
           (item.urgency == Urgency::emergency || item.urgency == Urgency::same_day);
  });
  return today ? words.today.text : "";
}

/// A banner whose findings the pack does not tell, or does not speak of, keeps all of them back.
bool may_tell(const Assessment& assessment, const PatientWords& words) {
  return std::ranges::all_of(assessment.banners, [&](const BannerShown& banner) {
    const auto found = std::ranges::find(words.banners, banner.rule, &BannerWords::id);
    return found != words.banners.end() && found->findings_told;
  });
}

/// The first test that was never done and whose absence the pack tells.
std::optional<Sheet::Card> missing_card(const Assessment& assessment, const PatientWords& words,
                                        const Wording& wording) {
  for (const auto& item : assessment.workup) {
    const auto* test = words.test(item.id);
    if (test == nullptr || test->missing.empty() || item.last_done ||
        item.status != WorkupStatus::recommended)
      continue;
    return Sheet::Card{Icon::legs, false, wording["found.missing"], test->missing, {}};
  }
  return {};
}
}  // namespace

std::string unbroken(std::string_view words) {
  std::string kept;
  for (const char c : words) {
    if (c == ' ')
      kept += "\u00A0";
    else
      kept += c;
  }
  return kept;
}

const MedicationLine* drug_of(const Assessment& assessment,
                              const std::vector<std::string>& causes) {
  const MedicationLine* first = nullptr;
  for (const auto& cause : assessment.causes) {
    if (std::ranges::find(causes, cause.id) == causes.end()) continue;
    for (const auto& drug : assessment.medications) {
      if (!drug.in_use || std::ranges::find(drug.causes, cause.id) == drug.causes.end()) continue;
      if (days_before_onset(assessment, drug)) return &drug;
      if (first == nullptr) first = &drug;
    }
  }
  return first;
}

ToldFindings told_findings(const Assessment& assessment, const PatientWords& words,
                           const Template& form) {
  ToldFindings told;
  const auto& wording = form.wording;
  const bool alive = !assessment.patient.deceased;
  told.findings_told = alive && may_tell(assessment, words);
  const auto urgent = alive ? urgent_words(assessment, words, form) : std::string{};
  told.urgent = !urgent.empty();
  add_sentence(told.findings, urgent);

  std::vector<std::string> said;
  const std::size_t most = told.urgent ? most_statements - 1 : most_statements;
  for (const auto& finding : assessment.causes) {
    if (!told.findings_told) break;
    const auto* cause = words.cause(finding.id);
    if (cause == nullptr ||
        (finding.status != CauseStatus::supported && finding.status != CauseStatus::possible))
      continue;
    const Telling telling(assessment, *cause, finding.status, wording);
    if (!telling.can_be_told()) continue;
    const auto statement = telling.statement();
    if (said.size() < most && std::ranges::find(said, statement) == said.end())
      said.push_back(statement);
    if (told.cards.size() < most_cards) told.cards.push_back(telling.card());
    if (const auto ask = telling.ask();
        !ask.empty() && std::ranges::find(told.asks, ask) == told.asks.end())
      told.asks.push_back(ask);
  }
  // One question stays for what any patient may ask.
  if (told.asks.size() > 2) told.asks.resize(2);
  if (told.findings_told && told.cards.size() < most_cards)
    if (auto missing = missing_card(assessment, words, wording))
      told.cards.push_back(std::move(*missing));

  for (const auto& statement : said) add_sentence(told.findings, statement);
  if (!said.empty()) {
    add_sentence(told.outlook, words.link[std::min<std::size_t>(said.size(), 3) - 1].text);
    add_sentence(told.outlook, wording["message.not-known-yet"]);
  } else if (!alive || !told.findings_told) {
    add_sentence(told.outlook, wording["message.untold"]);
  } else {
    add_sentence(told.outlook, wording["message.nothing"]);
  }
  return told;
}
}  // namespace legwork::report
