#include "report/made_from.hpp"

#include "report/pdf.hpp"
#include "tests/report/font_files.hpp"
#include "tests/report/sample_pages.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::report;

namespace {
MadeFrom sample_origin() {
  MadeFrom from;
  from.program = "0.1.0";
  from.profile = "archive";
  from.as_of = "2026-11-22";
  from.pack = "heavy-legs";
  from.pack_version = "0.1.0";
  from.pack_digest = from.layout_digest = from.assessment_digest = std::string(64, 'a');
  from.previous_digest = std::string(64, 'b');
  from.layout = "ward <7>.xml";
  return from;
}

/// Written once: a page of every script costs a second here.
const std::string& sample() {
  static const auto pdf = [] {
    Typesetter typesetter(fonts_for_every_script());
    PdfWriter writer(fonts_for_every_script());
    auto options = sample_options();
    options.made_from = sample_origin();
    return writer.write(sample_pages(typesetter), options).value();
  }();
  return pdf;
}

std::string flipped(std::size_t at) {
  auto pdf = sample();
  pdf[at] = static_cast<char>(pdf[at] ^ 1);
  return pdf;
}

std::size_t properties_at() { return sample().find("<legwork:program>"); }
}  // namespace

TEST_CASE("A report says what it was made from", "[made_from]") {
  const auto read = read_made_from(sample(), "report.pdf");
  REQUIRE(read);
  auto expected = sample_origin();
  expected.layout = "ward _7_.xml";  // nothing that XML or a terminal would mind
  expected.fonts_digest = read->fonts_digest;
  expected.words_digest = read->words_digest;
  CHECK(*read == expected);
  CHECK(read->fonts_digest.size() == 64);
  CHECK(read->words_digest.size() == 64);
  CHECK(read->onset.empty());
}

TEST_CASE("A report is as it was written, until a byte of it is another", "[made_from]") {
  CHECK(is_sealed(sample()));
  const auto seal = sample().find("<legwork:fileDigest>") + 20;
  for (const auto at : {std::size_t{0}, std::size_t{9}, sample().size() / 2, properties_at() + 20,
                        seal, seal + 63, sample().size() - 1}) {
    CAPTURE(at);
    CHECK_FALSE(is_sealed(flipped(at)));
  }
  CHECK_FALSE(is_sealed(sample() + "\n"));
  CHECK_FALSE(is_sealed(sample().substr(0, sample().size() - 1)));
  CHECK_FALSE(is_sealed(""));
}

TEST_CASE("A report stays known as one, whichever byte of it is another", "[made_from]") {
  const auto begin = sample().find("<?xpacket begin");
  const auto end = sample().find("<?xpacket end");
  REQUIRE(begin < end);
  for (auto at = begin; at < end; ++at) {
    const auto read = read_made_from(flipped(at), "report.pdf");
    if (read) continue;
    CAPTURE(at);
    REQUIRE(read.error().kind == ErrorKind::malformed);
    REQUIRE(read.error().what.find("the file was changed after it was written") == 0);
  }
}

TEST_CASE("A file of another program is no report", "[made_from]") {
  const std::string file = GENERATE(
      "", "not a PDF", "%PDF-1.4\n1 0 obj <</Producer (Writer)>> endobj\ntrailer <<>>\n%%EOF\n");
  const auto read = read_made_from(file, "letter.pdf");
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::unsupported);
  CHECK(read.error().where == "letter.pdf");
}

TEST_CASE("What a report says of itself is taken only where it is short and plain", "[made_from]") {
  const auto with_pack = [](const std::string& value) {
    auto pdf = sample();
    const std::string old = "<legwork:pack>heavy-legs<";
    return pdf.replace(pdf.find(old), old.size(), "<legwork:pack>" + value + "<");
  };
  CHECK(read_made_from(with_pack("light-legs"), "r.pdf")->pack == "light-legs");
  CHECK_FALSE(read_made_from(with_pack(std::string(101, 'a')), "r.pdf"));
  CHECK_FALSE(read_made_from(with_pack("\x1b[31m"), "r.pdf"));
  CHECK_FALSE(read_made_from(with_pack("a<b"), "r.pdf"));
  CHECK_FALSE(read_made_from(sample().substr(0, properties_at() + 200), "r.pdf"));
}

TEST_CASE("A file that is not to say what it was made from says nothing of it", "[made_from]") {
  Typesetter typesetter(fonts_for_every_script());
  PdfWriter writer(fonts_for_every_script());
  const auto pdf = writer.write(sample_pages(typesetter), sample_options()).value();
  CHECK(pdf.find("legwork:") == pdf.npos);
}
