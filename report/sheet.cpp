#include "report/sheet.hpp"

#include "report/document_words.hpp"
#include "report/sheet_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace legwork::report {
namespace {
using namespace causes;

constexpr std::size_t most_steps = 4, most_todos = 4, most_ticks = 6, most_asks = 3;

/// "14 March 2025", as it is said and not as it is filed.
std::string spoken_day(const Wording& words, Day day) {
  const std::chrono::year_month_day date = day;
  return unbroken(words.fill("date.day", {{"day", std::to_string(unsigned(date.day()))},
                                          {"month", month_words(words, date.month())},
                                          {"year", std::to_string(int(date.year()))}}));
}

std::string spoken_name(const Wording& words, const fhir::Patient& patient) {
  if (patient.family.empty() && patient.given.empty())
    return patient.name_text.empty() ? words["patient.name-missing"] : patient.name_text;
  if (patient.given.empty() || patient.family.empty()) return patient.given + patient.family;
  return patient.given + " " + patient.family;
}

std::string identity(const Wording& words, const fhir::Patient& patient) {
  auto text = patient.birth && patient.birth->exact()
                  ? words.fill("patient.born", {{"date", spoken_day(words, patient.birth->first)}})
                  : words["patient.birth-missing"];
  if (!patient.identifiers.empty()) {
    const auto& [label, value] = patient.identifiers.front();
    text +=
        " · " + unbroken(words.fill("patient.number",
                                    {{"label", label.empty() ? words["patient.identifier"] : label},
                                     {"value", value}}));
  }
  return text;
}

/// "iron, salts and vitamins".
std::string listed(const PatientWords& words, const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? " " + words.list_and + " " : words.list_comma + " ";
    text += items[i];
  }
  return text;
}

/// What is recommended, most urgent first; tests of a group are one step, at their first place.
std::vector<Sheet::Step> steps(const Assessment& assessment, const PatientWords& words) {
  constexpr std::size_t most_named = 3;
  std::vector<Sheet::Step> found;
  std::vector<std::pair<const TestGroup*, std::vector<std::string>>> groups;
  for (const auto& item : assessment.workup) {
    const auto* test = words.test(item.id);
    if (item.status != WorkupStatus::recommended || test == nullptr) continue;
    if (test->group.empty()) {
      found.push_back({test->head, test->text});
      continue;
    }
    const auto* group = words.group(test->group);
    auto known = std::ranges::find(groups, group, [](const auto& entry) { return entry.first; });
    if (known == groups.end()) {
      known = groups.insert(groups.end(), {group, {}});
      found.push_back({group->head, group->text});
    }
    auto& names = known->second;
    if (names.size() < most_named && std::ranges::find(names, test->name) == names.end())
      names.push_back(test->name);
  }
  for (auto& step : found)
    for (const auto& [group, names] : groups)
      if (step.head == group->head)
        step.text = filled(group->text, {{"list", listed(words, names)}});
  if (found.size() > most_steps) found.resize(most_steps);
  return found;
}

bool in_question(const Assessment& assessment, const std::vector<std::string>& ids) {
  return std::ranges::any_of(assessment.causes, [&](const CauseFinding& cause) {
    return (cause.status == CauseStatus::supported || cause.status == CauseStatus::possible) &&
           std::ranges::find(ids, cause.id) != ids.end();
  });
}

bool flagged(const Assessment& assessment, const std::vector<std::string>& ids) {
  return std::ranges::any_of(assessment.red_flags, [&](const RedFlagFinding& flag) {
    return (flag.status == RedFlagStatus::present || flag.status == RedFlagStatus::possible) &&
           std::ranges::find(ids, flag.id) != ids.end();
  });
}

std::vector<Sheet::Todo> todos(const Assessment& assessment, const PatientWords& words,
                               bool findings_told) {
  std::vector<Sheet::Todo> found;
  std::set<std::string> topics;
  for (const auto& advice : words.advice) {
    if (found.size() == most_todos) break;
    if (!advice.causes.empty() && !(findings_told && in_question(assessment, advice.causes)))
      continue;
    if (in_question(assessment, advice.unless_causes)) continue;
    if (flagged(assessment, advice.unless_red_flags)) continue;
    if (!advice.topic.empty() && topics.contains(advice.topic)) continue;
    const auto drug = drug_of(assessment, advice.causes);
    if (!placeholders(advice.head + advice.text).empty() && !drug) continue;
    const auto fill_in = [&](const std::string& text) {
      return filled(text, {{"drug", drug ? drug->name : ""}});
    };
    topics.insert(advice.topic);
    found.push_back(
        {advice.kind == Advice::Kind::avoid, {fill_in(advice.head), fill_in(advice.text)}});
  }
  return found;
}

std::vector<Sheet::Tick> ticks(const Assessment& assessment, const PatientWords& words) {
  std::vector<Sheet::Tick> found;
  for (const auto& question : assessment.questions) {
    const auto* said = words.question(question.id);
    if (said == nullptr) continue;
    found.push_back({question.id, said->statement, said->date});
    if (found.size() == most_ticks) break;
  }
  return found;
}

Sheet::Column column(const HelpWords& help, const std::string& number) {
  Sheet::Column result{filled(help.lead, {{"number", number}}), {}};
  for (const auto& sign : help.signs) result.signs.push_back(sign.text);
  return result;
}

/// Help stands right under the message where something must not wait.
std::vector<SectionId> order_of(const Template& form, bool urgent) {
  std::vector<SectionId> order;
  for (const auto& page : form.pages)
    for (const auto& section : page) order.push_back(section.id);
  if (!urgent) return order;
  std::erase(order, SectionId::help);
  auto after = std::ranges::find(order, SectionId::message);
  after = after == order.end() ? std::ranges::find(order, SectionId::patient) : after;
  order.insert(after == order.end() ? order.begin() : after + 1, SectionId::help);
  return order;
}
}  // namespace

Sheet make_sheet(const Assessment& assessment, const PatientWords& words, const Template& form) {
  const auto& wording = form.wording;
  const auto told = told_findings(assessment, words, form);
  Sheet sheet;
  sheet.language = form.language;
  sheet.title = wording["title"];
  sheet.lead = wording["lead"];
  sheet.subject = wording["subject"];
  sheet.paper = form.paper;
  sheet.brand = form.brand;
  sheet.name = spoken_name(wording, assessment.patient);
  sheet.identity = identity(wording, assessment.patient);
  sheet.order = order_of(form, told.urgent);
  sheet.headings = {wording["found.heading"],      wording["next.heading"],
                    wording["until-then.heading"], wording["help.heading"],
                    wording["tell.heading"],       wording["ask.heading"]};
  sheet.findings = told.findings;
  sheet.outlook = told.outlook;
  sheet.found = told.cards;
  if (!assessment.patient.deceased) {
    sheet.next = steps(assessment, words);
    sheet.until_then = todos(assessment, words, told.findings_told);
  }
  sheet.emergency = column(words.emergency, form.contacts.emergency);
  sheet.same_day = column(words.same_day, form.contacts.emergency);
  sheet.phone = form.contacts.same_day;
  sheet.tell = ticks(assessment, words);
  sheet.ask = told.asks;
  for (const auto& ask : words.asks) sheet.ask.push_back(ask);
  if (sheet.ask.size() > most_asks) sheet.ask.resize(most_asks);
  sheet.basis = wording.fill("basis", {{"date", spoken_day(wording, assessment.as_of)}});
  sheet.page_of = wording["page.of"];
  return sheet;
}
}  // namespace legwork::report
