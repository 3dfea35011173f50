#include "batch/worklist.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace legwork::batch;

namespace {
WorklistRow row(std::string urgency, std::string red_flags, std::string name, std::string report) {
  WorklistRow made;
  made.urgency = std::move(urgency);
  made.red_flags = std::move(red_flags);
  made.name = std::move(name);
  made.report = std::move(report);
  return made;
}
}  // namespace

TEST_CASE("red flags come first, then what is urgent, then by name", "[worklist]") {
  std::vector<WorklistRow> rows = {
      row("", "", "Aa", "1"),          row("routine", "", "Ab", "2"),
      row("emergency", "", "Zz", "3"), row("soon", "a flag", "Q", "4"),
      row("same-day", "", "B", "5"),   row("soon", "", "C", "6"),
      row("soon", "", "C", "0"),
  };
  std::vector<std::string> lines;
  for (const auto& one : rows) lines.push_back(to_line(one));
  std::ranges::sort(lines);
  std::string order;
  for (const auto& line : lines) order += row_of_line(line).report;
  CHECK(order == "4350621");
}

TEST_CASE("a row survives being put on one line", "[worklist]") {
  auto written = row("soon", "one; two", "O'Ne\"il,\n\t\\ Łucja", "3f9a");
  written.birth_date = "1950-01-02";
  written.sex = "female";
  written.identifier = "=17";
  written.ward = "Ward 3";
  written.causes = "a?; b";
  written.onset = "2026-01";
  written.workup = "ferritin";
  written.open_questions = 12;
  const auto line = to_line(written);
  CHECK(line.find('\n') == line.npos);
  const auto read = row_of_line(line);
  CHECK(to_line(read) == line);
  CHECK(read.name == written.name);
  CHECK(read.open_questions == 12);
}

TEST_CASE("a spreadsheet shows what a chart holds and runs none of it", "[worklist]") {
  auto risky = row("soon", "", "=HYPERLINK(\"x\"), Ann", "3f9a");
  risky.identifier = "+41";
  const auto csv = csv_headings() + csv_line(risky);
  CHECK(csv ==
        "urgency,red flags,name,birth date,sex,identifier,ward,causes,onset,work-up,report,open "
        "questions\r\nsoon,,\"'=HYPERLINK(\"\"x\"\"), Ann\",,,'+41,,,,,3f9a,0\r\n");
}
