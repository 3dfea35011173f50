#include "app/differences.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::app;
using report::MadeFrom;

namespace {
MadeFrom origin() {
  MadeFrom from;
  from.program = "0.1.0";
  from.profile = "archive";
  from.as_of = "2026-11-22";
  from.pack = "heavy-legs";
  from.pack_version = "0.1.0";
  from.pack_digest = "p";
  from.layout_digest = "l";
  from.fonts_digest = "f";
  from.words_digest = "w";
  from.assessment_digest = "a";
  return from;
}
}  // namespace

TEST_CASE("Why a report differs is told by what it was made from", "[differences]") {
  struct Row {
    std::string MadeFrom::*what;
    std::string then, now, says;
  };
  const auto row = GENERATE(values<Row>({
      {&MadeFrom::pack_version, "0.0.9", "0.1.0",
       "it was made with pack heavy-legs 0.0.9, and here is heavy-legs 0.1.0"},
      {&MadeFrom::pack_digest, "q", "p",
       "it was made with pack heavy-legs 0.1.0 too, but of other files"},
      {&MadeFrom::program, "0.0.9", "0.1.0", "it was made by legwork 0.0.9, and this is 0.1.0"},
      {&MadeFrom::layout_digest, "m", "l", "it was made with another template"},
      {&MadeFrom::fonts_digest, "g", "f", "it was made with other fonts"},
      {&MadeFrom::profile, "form", "archive", "it was made with --profile form"},
      {&MadeFrom::codes_digest, "c", "",
       "it was made with a site's own codes; give the same with --codes"},
      {&MadeFrom::answers_digest, "", "c",
       "it was made without answers beside the chart; leave out --answers"},
      {&MadeFrom::previous_digest, "c", "d",
       "it was made with an earlier assessment of other content than --previous gives now"},
      {&MadeFrom::onset, "2026-09-01", "", "it was made with an onset; give the same with --onset"},
      {&MadeFrom::words_digest, "v", "w", "the chart now has other details that the pages show"},
  }));
  auto then = origin(), now = origin();
  then.*row.what = row.then;
  now.*row.what = row.now;
  const auto found = differences(then, now, Bytes::as_written);
  REQUIRE(found.size() == 2);
  CHECK(found[0].find(row.says) == 0);
  CHECK(found[1] == "the assessment is the same");
}

TEST_CASE("Another assessment is told before what else differs", "[differences]") {
  auto then = origin();
  then.assessment_digest = then.words_digest = then.pack_digest = then.fonts_digest = "x";
  const auto found = differences(then, origin(), Bytes::as_written);
  REQUIRE(found.size() == 2);
  CHECK(found[0] == "the chart gives another assessment now");
  CHECK(found[1].find("it was made with pack") == 0);
}

TEST_CASE("A changed file is told first, and not explained away by what it says of itself",
          "[differences]") {
  const auto found = differences(origin(), origin(), Bytes::changed);
  REQUIRE(found.size() == 2);
  CHECK(found[0] == "the file was changed after it was written");
  CHECK(found[1] == "the assessment is the same");
}

TEST_CASE("Bytes that differ without a reason are told as such", "[differences]") {
  const auto found = differences(origin(), origin(), Bytes::as_written);
  REQUIRE(found.size() == 2);
  CHECK(found[0].find("the pages say the same, but are drawn in other bytes") == 0);
}
