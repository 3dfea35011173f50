#include "batch/print_plan.hpp"

#include "batch/worklist.hpp"

#include <catch2/catch.hpp>

using namespace legwork::batch;

namespace {
/// The names of the files that so many patients of each ward make.
std::string names_of(const std::vector<std::pair<std::string, std::size_t>>& wards) {
  std::vector<std::string> lines;
  for (const auto& [ward, count] : wards) {
    WorklistRow row;
    row.ward = ward;
    lines.insert(lines.end(), count, to_line(row));
  }
  std::string names;
  for (const auto& file : plan_print({lines.begin(), lines.end()})) names += file.name + "|";
  return names;
}
}  // namespace

TEST_CASE("every system can hold a file that is called as its ward", "[print]") {
  CHECK(file_name("Ward 3") == "Ward 3");
  CHECK(file_name("Innere Süd – 4") == "Innere Süd – 4");
  CHECK(file_name("") == "no ward");
  CHECK(file_name("../../etc/passwd") == "_.._.._etc_passwd");
  CHECK(file_name("C:\\3\"*?<>|") == "C__3______");
  CHECK(file_name("a\nb\x7f") ==
        "a\uFFFD"
        "b\uFFFD");
  CHECK(file_name("ends. . ") == "ends");
  CHECK(file_name("...") == "_");
  CHECK(file_name("Aux") == "_Aux");
  CHECK(file_name("com1.x") == "_com1.x");
  std::string many;
  for (int i = 0; i < 60; ++i) many += "ü";
  CHECK(file_name("x" + many) == "x" + many.substr(0, 98));
}

TEST_CASE("no two wards share a file", "[print]") {
  CHECK(names_of({{"a/b", 1}, {"A:B", 1}, {"no ward", 1}, {"", 1}}) ==
        "no ward.pdf|A_B.pdf|a_b (2).pdf|no ward (2).pdf|");
  CHECK(names_of({{"x", 101}, {"x-01", 1}}) == "x-01.pdf|x-02.pdf|x-01 (2).pdf|");
}

TEST_CASE("a large ward is cut into files of a bounded number of patients", "[print]") {
  std::vector<std::string> lines;
  for (int i = 0; i < 250; ++i) {
    WorklistRow row;
    row.report = std::to_string(i);
    row.ward = "x";
    lines.push_back(to_line(row));
  }
  const auto files = plan_print({lines.begin(), lines.end()});
  REQUIRE(files.size() == 3);
  CHECK(files[0].rows.size() == patients_in_file);
  CHECK(files[2].rows.size() == 50);
  CHECK(row_of_line(files[1].rows.front()).report == "100");  // in their order
  CHECK(files[1].number == 2);
  CHECK(files[1].count == 3);
}
