#include "batch/worklist_page.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

using namespace legwork::batch;

namespace {
WorklistRow row(std::string name, std::string causes) {
  WorklistRow made;
  made.urgency = "soon";
  made.name = std::move(name);
  made.causes = std::move(causes);
  made.report = "3f9a";
  return made;
}

const WorklistFrame frame{"Heavy legs", "2026-11-22", "legwork 1", 7, "", false};

std::string page_of(std::vector<WorklistRow> rows) {
  WorklistTotals totals;
  for (const auto& one : rows) totals.add(one);
  if (rows.size() > rows_on_page) rows.resize(rows_on_page);
  return worklist_page(rows, totals, frame);
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++found;
  return found;
}
}  // namespace

TEST_CASE("the worklist's page shows a patient's text and runs none of it", "[page]") {
  const auto page = page_of({row("<script>alert(1)</script>\x1b", "\"><img src=x onerror=a>")});
  CHECK(count(page, "<script>") == 1);
  CHECK(count(page, "<img") == 0);
  CHECK(page.find("&lt;script&gt;") != page.npos);
  CHECK(page.find('\x1b') == page.npos);
  CHECK(page.find("default-src 'none'; style-src 'sha256-") != page.npos);
  CHECK(page.find("http://") == page.npos);
  CHECK(page.find("https://") == page.npos);
}

TEST_CASE("the worklist's page links to each report and counts per cause", "[page]") {
  const auto page = page_of({row("A", "Iron lack; Veins?"), row("B", "Iron lack")});
  CHECK(count(page, "href=\"reports/3f/3f9a.pdf\"") == 2);
  CHECK(page.find("2 of 7 patients, 0 of them with a red flag") != page.npos);
  CHECK(page.find("Iron lack</th><td class=\"number\">2</td><td class=\"number\">0<") != page.npos);
  CHECK(page.find("Veins</th><td class=\"number\">0</td><td class=\"number\">1<") != page.npos);
}

TEST_CASE("no link leads into an archive: the page says where in it a report stands", "[page]") {
  auto archived = frame;
  archived.archive = "reports.zip";
  const auto page = worklist_page({row("A", "Iron lack")}, {}, archived);
  CHECK(count(page, "href=\"reports/") == 0);
  CHECK(count(page, ">3f/3f9a.pdf<") == 1);
  CHECK(count(page, "href=\"reports.zip\"") == 1);
}

TEST_CASE("the page tells wards where they were asked for", "[page]") {
  auto one = row("A", "Iron lack");
  one.ward = "<b>3";
  auto printed = frame;
  printed.has_wards = true;
  CHECK(count(worklist_page({one}, {}, printed), "<td>&lt;b&gt;3</td>") == 1);
  CHECK(count(worklist_page({one}, {}, printed), ">Ward</th>") == 1);
  CHECK(count(worklist_page({one}, {}, frame), ">Ward</th>") == 0);
}

TEST_CASE("a page that would be too long shows the first and says so", "[page]") {
  const std::vector<WorklistRow> rows(rows_on_page + 5, row("A", "Iron lack"));
  const auto page = page_of(rows);
  CHECK(count(page, "<tr><td") == rows_on_page);
  CHECK(page.find("These are the first 20000 of 20005.") != page.npos);
  CHECK(page.find("class=\"number\">20005<") != page.npos);  // counts are of all
}
