#include "report/document_sections.hpp"

#include <fmt/format.h>

namespace legwork::report {
namespace {
using causes::Urgency;
using causes::WorkupItem;
using causes::WorkupStatus;

struct UrgencyLook {
  Sign sign;
  std::string_view key;
};

UrgencyLook look_of(Urgency urgency) {
  switch (urgency) {
    case Urgency::emergency:
      return {Sign::now, "urgency.emergency"};
    case Urgency::same_day:
      return {Sign::three_steps, "urgency.same-day"};
    case Urgency::soon:
      return {Sign::two_steps, "urgency.soon"};
    case Urgency::routine:
      return {Sign::one_step, "urgency.routine"};
  }
  return {};
}

}  // namespace

std::string_view urgency_key(Urgency urgency) { return look_of(urgency).key; }

std::string answers_words(const Material& material, const WorkupItem& item, std::size_t limit) {
  std::vector<std::string> answers;
  for (const auto& id : item.causes)
    if (const auto cause = material.causes.find(id); cause != material.causes.end())
      answers.emplace_back(cause->second);
  return list_words(material.words, answers, limit);
}

std::string result_words(const Wording& words, const causes::Result& result) {
  const auto value = with_unit(result.value, unit_words(result.unit));
  if (!result.date) return value;
  const auto date = date_words(words, *result.date);
  return value.empty() ? date : words.fill("evidence.dated", {{"text", value}, {"date", date}});
}

namespace {
Row workup_row(const Material& material, const WorkupItem& item) {
  const auto& words = material.words;
  const auto urgency = look_of(item.urgency);
  Text cautions;
  for (const auto& caution : item.cautions)
    cautions.push_back({(cautions.empty() ? "" : " ") + caution.text, Tone::quiet});
  Text because = {{item.reason}};
  Text last;
  if (item.last_done)
    last.push_back({words.fill("workup.last", {{"result", result_words(words, *item.last_done)}}),
                    Tone::quiet});

  Row row;
  row.cells.push_back(TextCell{{{words[urgency.key]}}, {}, urgency.sign});
  row.cells.push_back(TextCell{{{item.label, Tone::strong}}});
  row.cells.push_back(TextCell{std::move(because), std::move(last)});
  row.cells.push_back(TextCell{{{answers_words(material, item, 2), Tone::quiet}}});
  row.note = std::move(cautions);
  row.name = item.label;
  row.group = words[urgency.key];
  return row;
}

Text on_file(const Material& material) {
  std::vector<std::string> done;
  for (const auto& item : material.assessment.workup) {
    if (item.status != WorkupStatus::on_file) continue;
    done.push_back(item.last_done ? fmt::format("{} {}", item.label,
                                                result_words(material.words, *item.last_done))
                                  : item.label);
  }
  if (done.empty()) return {};
  return {{material.words["workup.on-file"], Tone::strong},
          {" " + list_words(material.words, done, 8)}};
}
}  // namespace

Section first_steps_section(const Material& material) {
  Actions actions;
  actions.label = material.words["first-steps.label"];
  for (const auto& item : material.assessment.workup) {
    if (item.status != WorkupStatus::recommended) continue;
    actions.actions.push_back(item.label);
    if (actions.actions.size() == 3) break;
  }
  if (actions.actions.empty())
    actions.actions.push_back(material.words["first-steps.none"]);
  else
    actions.pointer = material.words["first-steps.pointer"];
  return {SectionId::first_steps, "", "", std::move(actions)};
}

Section workup_section(const Material& material) {
  const auto& words = material.words;
  Table table;
  table.columns = {{words["workup.when"], 78},
                   {words["workup.do"], 142},
                   {words["workup.because"], 165},
                   {words["workup.answers"], 130}};
  for (const auto& item : material.assessment.workup)
    if (item.status == WorkupStatus::recommended) table.rows.push_back(workup_row(material, item));
  table.more = more_words(words, "workup.more");
  auto section = table.rows.empty() ? absent(material, SectionId::workup, "workup.none")
                                    : titled(material, SectionId::workup);
  if (!table.rows.empty()) section.block = std::move(table);
  section.tail = on_file(material);
  return section;
}

Section questions_section(const Material& material) {
  const auto& words = material.words;
  const auto& assessment = material.assessment;
  Checks checks;
  for (const auto& question : assessment.questions)
    checks.items.push_back({question.id, question.text, question.effect});
  checks.more = more_words(words, "questions.more");
  auto section = checks.items.empty() ? absent(material, SectionId::questions, "questions.none")
                                      : titled(material, SectionId::questions);
  if (!checks.items.empty()) section.block = std::move(checks);
  for (const auto& score : assessment.scores) {
    const auto key = score.low == score.high ? "score.exact" : "score.interval";
    if (!section.tail.empty()) section.tail.push_back({" "});
    section.tail.push_back({score.label, Tone::strong});
    section.tail.push_back({words.fill(
        key, {{"low", std::to_string(score.low)}, {"high", std::to_string(score.high)}})});
  }
  return section;
}
}  // namespace legwork::report
