#include "base/csv.hpp"

#include <catch2/catch.hpp>

using namespace legwork;

namespace {
std::string shown(const Csv& csv) {
  std::string text;
  for (const CsvRow& row : csv.rows) {
    text += std::to_string(row.line);
    for (const auto& field : row.fields) text += '[' + field + ']';
    text += ' ';
  }
  for (const CsvFault& fault : csv.faults) {
    text += '!' + std::to_string(fault.line) + ": " + fault.what + ' ';
  }
  if (!text.empty()) text.pop_back();
  return text;
}
}  // namespace

TEST_CASE("Comma-separated values are read as RFC 4180 writes them", "[csv]") {
  struct Row {
    std::string text, read;
  };
  const auto row = GENERATE(values<Row>({
      {"", ""},
      {"a,b\n1,2\n", "1[a][b] 2[1][2]"},
      {"a,b\r\n1,2", "1[a][b] 2[1][2]"},
      {"a,b\r1,2\r", "1[a][b] 2[1][2]"},
      {"\xEF\xBB\xBF"
       "a\n",
       "1[a]"},
      {"a,,\n", "1[a][][]"},
      {",\n", "1[][]"},
      {"\"a,b\",\"say \"\"no\"\"\"\n", "1[a,b][say \"no\"]"},
      {"\"two\r\nlines\",x\ny\n", "1[two\nlines][x] 3[y]"},
      {"# a comment, \"\n\n a , b \n", "3[ a ][ b ]"},
      {"\"# no comment\"\n", "1[# no comment]"},
      {"'#x,'=y,'x,''\n", "1[#x][=y]['x][']"},
  }));
  CAPTURE(row.text);
  CHECK(shown(read_csv(row.text)) == row.read);
}

TEST_CASE("A wrong row is named and left out, and the others are read", "[csv]") {
  struct Row {
    std::string text, read;
  };
  const auto row = GENERATE(values<Row>({
      {"a\nb\"c\nd\n",
       "1[a] 3[d] !2: a quote stands inside a value; put the value in quotes and double the quote"},
      {"a\n\"b\"c\nd\n",
       "1[a] 3[d] !2: text follows a closing quote; double the quotes inside the value"},
      {"a\n\"b\nc", "1[a] !2: a quote is opened and never closed; close it, or delete it"},
      {"a\n\xFF\nd\n", "1[a] 3[d] !2: holds bytes that are not UTF-8; save the file as UTF-8"},
  }));
  CAPTURE(row.text);
  CHECK(shown(read_csv(row.text)) == row.read);
}

TEST_CASE("A value written is the value read, whatever it begins with or holds", "[csv]") {
  const auto value = GENERATE(as<std::string>{}, "", "a", "a,b", "\"", "\"\"a\"", "a\nb", "=1+1",
                              "+1", "-1", "@x", "#x", "'=x", "''", "'a", " a ", "\tx", "Đ");
  CAPTURE(value);
  const auto csv = read_csv("x," + csv_value(value) + ",y\n");
  REQUIRE(csv.rows.size() == 1);
  CHECK(csv.rows[0].fields == std::vector<std::string>{"x", value, "y"});
}

TEST_CASE("No spreadsheet takes a written value for a formula", "[csv]") {
  CHECK(csv_value("=cmd|'/c calc'!A1") == "'=cmd|'/c calc'!A1");
  CHECK(csv_value("@x,y") == "\"'@x,y\"");
  CHECK(csv_value("2276-4") == "2276-4");
}
