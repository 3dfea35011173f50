#include "report/document_entries.hpp"

namespace legwork::report {
namespace {
std::string_view status_name(causes::RedFlagStatus status) {
  switch (status) {
    case causes::RedFlagStatus::present:
      return "present";
    case causes::RedFlagStatus::possible:
      return "possible";
    case causes::RedFlagStatus::not_recorded:
      return "not-recorded";
    case causes::RedFlagStatus::absent:
      return "absent";
  }
  return "";
}

std::string_view status_name(causes::CauseStatus status) {
  switch (status) {
    case causes::CauseStatus::supported:
      return "supported";
    case causes::CauseStatus::possible:
      return "possible";
    case causes::CauseStatus::undetermined:
      return "undetermined";
    case causes::CauseStatus::unlikely:
      return "unlikely";
  }
  return "";
}

std::string_view status_name(causes::WorkupStatus status) {
  switch (status) {
    case causes::WorkupStatus::recommended:
      return "recommended";
    case causes::WorkupStatus::on_file:
      return "on-file";
    case causes::WorkupStatus::not_needed:
      return "not-needed";
  }
  return "";
}

std::string_view status_name(causes::LabSeries::Flag flag) {
  switch (flag) {
    case causes::LabSeries::Flag::low:
      return "low";
    case causes::LabSeries::Flag::high:
      return "high";
    case causes::LabSeries::Flag::none:
      return "none";
  }
  return "";
}

constexpr std::size_t named = 4;  // of a list in one field

}  // namespace

std::vector<Entry> entries_of(const Material& material, Collection collection) {
  const auto& assessment = material.assessment;
  const auto& words = material.words;
  std::vector<Entry> entries;
  switch (collection) {
    case Collection::causes:
      for (const auto& cause : assessment.causes)
        entries.push_back(
            {cause.id,
             {status_name(cause.status)},
             {{"id", cause.id},
              {"label", cause.label},
              {"status", words[status_key(cause.status)]},
              {"evidence", evidence_words(material, cause.evidence, causes::Says::for_it, named)},
              {"against",
               evidence_words(material, cause.evidence, causes::Says::against_it, named)},
              {"unknown", words_in(unknown_words(material, cause.unknown, named))},
              {"claim", cause.claims.empty() ? "" : cause.claims.front().text}}});
      break;
    case Collection::red_flags:
      for (const auto& flag : assessment.red_flags)
        entries.push_back(
            {flag.id,
             {status_name(flag.status)},
             {{"id", flag.id},
              {"label", flag.label},
              {"status", words[status_key(flag.status)]},
              {"evidence", evidence_words(material, flag.evidence, causes::Says::for_it, named)},
              {"action", flag.action},
              {"unknown", words_in(unknown_words(material, flag.unknown, named))}}});
      break;
    case Collection::questions:
      for (const auto& question : assessment.questions)
        entries.push_back({question.id,
                           {},
                           {{"id", question.id},
                            {"label", question.label},
                            {"text", question.text},
                            {"effect", question.effect}}});
      break;
    case Collection::workup:
      for (const auto& item : assessment.workup)
        entries.push_back({item.id,
                           {status_name(item.status)},
                           {{"id", item.id},
                            {"label", item.label},
                            {"reason", item.reason},
                            {"urgency", words[urgency_key(item.urgency)]},
                            {"answers", answers_words(material, item, named)},
                            {"last", item.last_done ? result_words(words, *item.last_done) : ""}}});
      break;
    case Collection::results:
      for (const auto& lab : assessment.labs) {
        if (lab.points.empty()) continue;
        const auto& last = lab.points.back();
        entries.push_back({lab.id,
                           {status_name(lab.flag)},
                           {{"id", lab.id},
                            {"label", lab.label},
                            {"value", last.printed},
                            {"unit", unit_words(lab.unit)},
                            {"flag", flag_word(words, lab.flag)},
                            {"date", date_words(words, last.date)},
                            {"age", age_words(words, last.date, assessment.as_of)}},
                           &lab});
      }
      break;
    case Collection::medications:
      for (const auto& drug : assessment.medications) {
        Entry entry{drug.name, {drug.in_use ? "in-use" : "stopped"}, {}, nullptr};
        if (!drug.causes.empty()) entry.statuses.push_back("linked");
        entry.fields = {{"name", drug.dose.empty() ? drug.name : drug.name + " " + drug.dose},
                        {"class", drug.drug_class},
                        {"period", period_words(words, drug)},
                        {"causes", causes_words(material, drug, named)}};
        entries.push_back(std::move(entry));
      }
      break;
  }
  return entries;
}
}  // namespace legwork::report
