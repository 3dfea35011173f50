#include "base/date.hpp"

#include <catch2/catch.hpp>

using namespace legwork;

namespace {
Day day(std::string_view text) { return parse_date(text).value().first; }
}  // namespace

TEST_CASE("A FHIR date is the span of days that it may mean", "[base]") {
  struct Row {
    std::string_view text, first, last;
  };
  const auto row = GENERATE(values<Row>({
      {"2024", "2024-01-01", "2024-12-31"},
      {"2024-02", "2024-02-01", "2024-02-29"},
      {"2024-02-29", "2024-02-29", "2024-02-29"},
      {"2025-12-31T23:30:00+09:00", "2025-12-31", "2025-12-31"},
      {"2025-12-31T23:30:00.123Z", "2025-12-31", "2025-12-31"},
      {"2025-12-31T23:30", "2025-12-31", "2025-12-31"},
  }));
  CAPTURE(row.text);
  const auto span = parse_date(row.text);
  REQUIRE(span);
  CHECK(iso(span->first) == row.first);
  CHECK(iso(span->last) == row.last);
}

TEST_CASE("What is no date is not made one", "[base]") {
  const auto text =
      GENERATE("", "24", "0000", "2024-13", "2023-02-29", "2024-2-1", "2024/02/01", "2024-02-01T",
               "2024-02-01X12:00", "2024-02-01T25:00", "yesterday", "2024-02-01T12:00 about");
  CAPTURE(text);
  CHECK_FALSE(parse_date(text));
}

TEST_CASE("A span is written as it was read", "[base]") {
  const auto* text = GENERATE("2024", "2024-02", "2024-02-29");
  CHECK(iso(parse_date(text).value()) == text);
}

TEST_CASE("Periods are calendar periods", "[base]") {
  CHECK(parse_period("P6M") == Period{6, 0});
  CHECK(parse_period("P1Y6M2W3D") == Period{18, 17});
  CHECK_FALSE(parse_period("6M"));
  CHECK_FALSE(parse_period("PT6H"));
  CHECK_FALSE(parse_period("P-6M"));
  CHECK_FALSE(parse_period("P6"));
  CHECK(iso(before(day("2026-08-31"), {6, 0})) == "2026-02-28");
  CHECK(iso(before(day("2026-09-01"), {0, 90})) == "2026-06-03");
  CHECK(iso(after(day("2024-01-31"), {1, 0})) == "2024-02-29");
}

TEST_CASE("Years are counted by birthdays", "[base]") {
  CHECK(years_between(day("1964-03-09"), day("2026-03-08")) == 61);
  CHECK(years_between(day("1964-03-09"), day("2026-03-09")) == 62);
}
