#include "report/pdf.hpp"

#include "tests/report/font_files.hpp"
#include "tests/report/programs.hpp"
#include "tests/report/sample_pages.hpp"

#include <catch2/catch.hpp>

#include <clocale>
#include <cmath>
#include <string>
#include <thread>
#include <vector>

using namespace legwork;
using namespace legwork::report;

namespace {
std::string written(PdfWriter& writer, const Pages& pages) {
  auto pdf = writer.write(pages, sample_options());
  if (!pdf) FAIL(pdf.error().where << ": " << pdf.error().what);
  return *pdf;
}

std::string sample_pdf(int seed = 1) {
  Typesetter typesetter(fonts_for_every_script());
  PdfWriter writer(fonts_for_every_script());
  return written(writer, sample_pages(typesetter, seed));
}

std::string sample_file() {
  static const auto name = own_file("sample.pdf", sample_pdf());
  return name;
}
}  // namespace

TEST_CASE("The same pages give the same bytes, whatever was written before them", "[pdf]") {
  Typesetter typesetter(fonts_for_every_script());
  const Pages pages = sample_pages(typesetter);
  PdfWriter writer(fonts_for_every_script());
  const std::string first = written(writer, pages);
  for (int seed = 2; seed < 5; ++seed) {
    Pages other = sample_pages(typesetter, seed);
    other.pages.pop_back();
    other.pages[0].items.push_back(
        PlacedText{typesetter.line("Ἀ ʒ 𝔸 כף قد ज्ञ", {}), {Length::pt(9), Length::pt(9)}, 0, {}});
    written(writer, other);
  }
  CHECK(written(writer, pages) == first);
  CHECK(sample_pdf() == first);
}

TEST_CASE("The same pages give the same bytes on every thread", "[pdf]") {
  const std::string expected = sample_pdf();
  std::vector<std::string> results(8);
  std::vector<std::thread> threads;
  for (auto& result : results) threads.emplace_back([&result] { result = sample_pdf(); });
  for (auto& thread : threads) thread.join();
  for (const auto& result : results) CHECK(result == expected);
}

TEST_CASE("Numbers are written alike in every locale", "[pdf]") {
  const std::string expected = sample_pdf();
  for (const char* locale : {"de_DE.UTF-8", "fr_FR.UTF-8", "ar_SA.UTF-8", "C.UTF-8"}) {
    if (std::setlocale(LC_ALL, locale) == nullptr) continue;
    CHECK(sample_pdf() == expected);
  }
  std::setlocale(LC_ALL, "C");
}

TEST_CASE("A file says what it is: tagged, in a language, PDF/A-1a and PDF/UA-1", "[pdf]") {
  const std::string pdf = sample_pdf();
  CHECK(pdf.substr(0, 8) == "%PDF-1.4");
  CHECK(contains(pdf, "/MarkInfo <</Marked true>>"));
  CHECK(contains(pdf, "/Lang <656E>"));
  CHECK(contains(pdf, "/DisplayDocTitle true"));
  CHECK(contains(pdf, "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"));
  CHECK(contains(pdf, "<pdfuaid:part>1</pdfuaid:part>"));
  CHECK(contains(pdf, "Heavy legs &lt;draft&gt; &amp; &quot;more&quot; 🦵"));
  CHECK(contains(pdf, "/ID [<30313233343536373839616263646566>"));
  CHECK(contains(pdf, "<xmp:CreateDate>2026-11-22T00:00:00Z</xmp:CreateDate>"));
}

TEST_CASE("Links lead out and within, and say where to", "[pdf]") {
  const std::string pdf = sample_pdf();
  CHECK(count(pdf, "/Subtype /Link") == 4);
  CHECK(count(pdf, "/S /URI") == 2);
  CHECK(count(pdf, "/OBJR") == 4);
  CHECK(count(pdf, "/S /Link") == 4);
  CHECK(count(pdf, "/Dest [") == 4);  // two links, two bookmarks
}

TEST_CASE("A page that libharu cannot hold is refused, and the writer lives on", "[pdf]") {
  Typesetter typesetter(fonts_for_every_script());
  PdfWriter writer(fonts_for_every_script());
  Pages pages = sample_pages(typesetter);
  pages.pages[0].width = Length::pt(20'000);
  const auto refused = writer.write(pages, sample_options());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::unavailable);
  CHECK(contains(refused.error().what, "libharu stopped with 0x"));
  CHECK(written(writer, sample_pages(typesetter)) == sample_pdf());
}

TEST_CASE("A number that is none spoils its own place only", "[pdf]") {
  Typesetter typesetter(fonts_for_every_script());
  PdfWriter writer(fonts_for_every_script());
  Pages pages = sample_pages(typesetter);
  std::get<PlacedText>(pages.pages[0].items[3]).baseline.x = Length::pt(std::nan(""));
  CHECK_FALSE(contains(written(writer, pages), "nan"));
}

TEST_CASE("qpdf finds no fault in the file", "[pdf]") {
  const auto checked = run("qpdf", "--check " + sample_file());
  if (!checked) return;
  INFO(checked->output);
  CHECK(checked->status == 0);
}

TEST_CASE("Every font is embedded, cut down, and can be read back", "[pdf]") {
  const auto listed = run("pdffonts", sample_file());
  if (!listed) return;
  INFO(listed->output);
  const std::size_t fonts = count(listed->output, "Identity-H");
  CHECK(fonts >= 8);
  CHECK(count(listed->output, "yes yes yes") == fonts);
}

TEST_CASE("The text can be copied in reading order, in every script", "[pdf]") {
  const auto copied = run("pdftotext", "-enc UTF-8 " + sample_file() + " -");
  if (!copied) return;
  INFO(copied->output);
  for (const char* words :
       {"Heavy legs at rest", "Finding 1. Amlodipine 10 mg was started on 14-Jul-2026,",
        "Chân nặng khi nghỉ ngơi: ợ ặ ẫ ỹ", "Việt é", "ثقل الساقين أثناء الراحة",
        "רגליים כבדות במנוחה", "क्षति पैरों में भारीपन", "ขาหนักขณะพัก น้ำ", "zażółć gęślą jaźń",
        "Βαριά πόδια, Тяжесть", "gone: [leg]", "Page 1 of 2"}) {
    CHECK(contains(copied->output, words));
  }
}

TEST_CASE("The structure holds the text of each element in reading order", "[pdf]") {
  const auto tree = run("pdfinfo", "-struct-text " + sample_file());
  if (!tree) return;
  INFO(tree->output);
  CHECK(tree->output.find("H1 (block)\n    \"Heavy legs at rest\"") != std::string::npos);
  CHECK(contains(tree->output, "TH:"));
  CHECK(contains(tree->output, "/Scope /Row"));
  CHECK(contains(tree->output, "moving helps.\""));  // one paragraph of several lines
  CHECK(contains(tree->output, "Link (inline)\n      \"the first page\""));
}
