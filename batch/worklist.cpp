#include "batch/worklist.hpp"

#include "base/csv.hpp"
#include "causes/json.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace legwork::batch {
namespace {
namespace json = boost::json;
using causes::Assessment;

void add(std::string& list, std::string_view label) {
  if (!list.empty()) list += "; ";
  list += label;
}

std::string name_of(const fhir::Patient& patient) {
  if (patient.family.empty() && patient.given.empty()) return patient.name_text;
  return patient.given.empty() ? patient.family : patient.family + ", " + patient.given;
}

/// Every column, in order: its heading and where it stands.
struct Column {
  std::string_view heading;
  std::string WorklistRow::*text;
};
constexpr std::array<Column, 11> columns = {{{"urgency", &WorklistRow::urgency},
                                             {"red flags", &WorklistRow::red_flags},
                                             {"name", &WorklistRow::name},
                                             {"birth date", &WorklistRow::birth_date},
                                             {"sex", &WorklistRow::sex},
                                             {"identifier", &WorklistRow::identifier},
                                             {"ward", &WorklistRow::ward},
                                             {"causes", &WorklistRow::causes},
                                             {"onset", &WorklistRow::onset},
                                             {"work-up", &WorklistRow::workup},
                                             {"report", &WorklistRow::report}}};
}  // namespace

std::size_t urgency_rank(const std::string& urgency) {
  static constexpr std::array<std::string_view, 4> order = {"emergency", "same-day", "soon",
                                                            "routine"};
  return static_cast<std::size_t>(std::ranges::find(order, urgency) - order.begin());
}

WorklistRow worklist_row(const Assessment& assessment, std::string report) {
  WorklistRow row;
  for (const auto& flag : assessment.red_flags)
    if (flag.status == causes::RedFlagStatus::present ||
        flag.status == causes::RedFlagStatus::possible)
      add(row.red_flags, flag.label);
  row.name = name_of(assessment.patient);
  if (assessment.patient.birth) row.birth_date = iso(*assessment.patient.birth);
  row.sex = assessment.patient.sex;
  if (!assessment.patient.identifiers.empty())
    row.identifier = assessment.patient.identifiers.front().value;
  for (const auto status : {causes::CauseStatus::supported, causes::CauseStatus::possible})
    for (const auto& cause : assessment.causes)
      if (cause.status == status)
        add(row.causes, status == causes::CauseStatus::possible ? cause.label + "?" : cause.label);
  if (assessment.complaint.onset) row.onset = iso(*assessment.complaint.onset);
  auto most = causes::Urgency::routine;
  for (const auto& item : assessment.workup) {
    if (item.status != causes::WorkupStatus::recommended) continue;
    most = row.workup.empty() ? item.urgency : std::min(most, item.urgency);
    add(row.workup, item.label);
  }
  if (!row.workup.empty()) row.urgency = causes::word(most);
  row.report = std::move(report);
  row.open_questions = assessment.questions.size();
  return row;
}

std::string to_line(const WorklistRow& row) {
  json::array values;
  for (const auto& column : columns) values.emplace_back(json::string(row.*column.text));
  values.emplace_back(row.open_questions);
  std::string name = row.name;  // what it is sorted by may hold nothing that ends it
  std::ranges::replace_if(
      name, [](char letter) { return static_cast<unsigned char>(letter) < ' '; }, ' ');
  return fmt::format("{}{}{}\t{}\t{}", row.red_flags.empty() ? 1 : 0, urgency_rank(row.urgency),
                     name, row.report, json::serialize(values));
}

WorklistRow row_of_line(std::string_view line) {
  line.remove_prefix(line.rfind('\t') + 1);
  const auto values = json::parse(json::string_view(line.data(), line.size())).as_array();
  WorklistRow row;
  for (std::size_t i = 0; i < columns.size(); ++i)
    row.*columns[i].text = std::string(values.at(i).as_string());
  row.open_questions = values.at(columns.size()).to_number<std::size_t>();
  return row;
}

std::string csv_headings() {
  std::string text;
  for (const auto& column : columns) text.append(column.heading).append(",");
  return text + "open questions\r\n";
}

std::string csv_line(const WorklistRow& row) {
  std::string text;
  for (const auto& column : columns) text += csv_value(row.*column.text) + ",";
  return text + std::to_string(row.open_questions) + "\r\n";
}
}  // namespace legwork::batch
