#include "bulk/part_file.hpp"
#include "tests/batch/folder.hpp"
#include "tests/bulk/world.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace legwork;
using namespace legwork::bulk;
using namespace legwork::bulk::sample;

namespace {
const std::string name = "Patient.0001.ndjson";

/// A folder in which a download has begun.
struct Place {
  batch::sample::Folder folder;
  bulk::Folder bulk{folder.path()};
  Progress progress;
  Place() { REQUIRE(bulk.claim()); }

  PartFile open() const {
    auto file = PartFile::open(bulk, name);
    REQUIRE(file);
    return std::move(*file);
  }
  /// Lets an answer come in; whether the file took it.
  bool take(PartFile& file, unsigned status, const std::string& bytes,
            std::vector<press::Header> headers = {}) {
    const auto sink = file.sink(progress);
    return sink.begin(answer(status, "", std::move(headers))) && sink.take(bytes);
  }
  std::string held() const {
    std::ostringstream text;
    text << std::ifstream(bulk.whole(name), std::ios::binary).rdbuf();
    return text.str();
  }
};
}  // namespace

TEST_CASE("what broke off is asked for from there, if the file is still the same", "[bulk]") {
  Place place;
  {
    auto file = place.open();
    CHECK(file.range().empty());
    CHECK(place.take(file, 200, "{\"a\":1}\n", {{"ETag", "\"v1\""}}));
  }
  auto file = place.open();  // after a kill
  const auto range = file.range();
  REQUIRE(range.size() == 2);
  CHECK(range[0].value == "bytes=8-");
  CHECK(range[1].value == "\"v1\"");
  CHECK(place.take(file, 206, "{\"b\":2}", {{"content-range", "bytes 8-14/15"}}));
  const auto arrived = file.look();
  REQUIRE(arrived);
  CHECK(arrived->lines == 2);
  CHECK(arrived->sound);
  REQUIRE(file.keep());
  CHECK(place.held() == "{\"a\":1}\n{\"b\":2}");
  CHECK_FALSE(std::filesystem::exists(place.bulk.part(name)));
  CHECK_FALSE(std::filesystem::exists(place.bulk.etag(name)));
  CHECK(place.progress.bytes == 15);
}

TEST_CASE("a whole answer begins anew, whatever was there", "[bulk]") {
  Place place;
  auto file = place.open();
  CHECK(place.take(file, 200, "{\"old\":1}\n", {{"ETag", "\"v1\""}}));
  CHECK(place.take(file, 200, "{\"b\":2}\n", {{"ETag", "\"v2\""}}));
  CHECK(file.range()[1].value == "\"v2\"");
  REQUIRE(file.look());
  REQUIRE(file.keep());
  CHECK(place.held() == "{\"b\":2}\n");
}

TEST_CASE("without a strong ETag a file is fetched from its beginning", "[bulk]") {
  const auto etag = GENERATE(values<std::string>({"", "W/\"v1\"", "v1"}));
  CAPTURE(etag);
  Place place;
  auto file = place.open();
  CHECK(place.take(file, 200, "{\"a\":1}\n", {{"ETag", etag}}));
  CHECK(file.range().empty());
  CHECK(place.open().range().empty());
}

TEST_CASE("a part that does not begin where the rest is missing is not taken", "[bulk]") {
  struct Row {
    unsigned status;
    std::string range;
  };
  const auto row = GENERATE(
      values<Row>({{206, "bytes 7-14/15"}, {206, "bytes 80-90/99"}, {206, ""}, {416, ""}}));
  Place place;
  auto file = place.open();
  CHECK(place.take(file, 200, "{\"a\":1}\n", {{"ETag", "\"v1\""}}));
  CHECK_FALSE(place.take(file, row.status, "x", {{"Content-Range", row.range}}));
  CHECK(file.size() == 0);
  CHECK(file.range().empty());
}

TEST_CASE("an error's body does not get into the file", "[bulk]") {
  Place place;
  auto file = place.open();
  CHECK(place.take(file, 200, "{\"a\":1}\n", {{"ETag", "\"v1\""}}));
  CHECK_FALSE(place.take(file, 503, "{\"resourceType\":\"OperationOutcome\"}"));
  CHECK(file.size() == 8);
}

TEST_CASE("a file that comes packed is unpacked, members one after the other", "[bulk]") {
  Place place;
  auto file = place.open();
  const auto packed = batch::sample::gzip("{\"a\":1}\n{\"b\"") + batch::sample::gzip(":2}\n");
  CHECK(place.take(file, 200, packed));
  const auto arrived = file.look();
  REQUIRE(arrived);
  CHECK(arrived->sound);
  CHECK(arrived->lines == 2);
  REQUIRE(file.keep());
  CHECK(place.held() == "{\"a\":1}\n{\"b\":2}\n");
}

TEST_CASE("a file is sound from its first brace to its last, and its lines are counted", "[bulk]") {
  struct Row {
    std::string bytes;
    std::uint64_t lines;
    bool sound;
  };
  const auto packed = batch::sample::gzip(std::string(5000, ' ') + "{\"a\":1}\n");
  const auto row = GENERATE_COPY(values<Row>({
      {"", 0, true},
      {"\n\n", 0, true},
      {"{}", 1, true},
      {"{}\r\n", 1, true},
      {"{}\n\n  \n{}\n", 2, true},
      {"{\"a\":1}\n{\"b\"", 2, false},
      {"<html>\n", 1, false},
      {"[{}]", 1, false},
      {packed.substr(0, packed.size() - 9), 1, false},
  }));
  CAPTURE(row.bytes.substr(0, 20));
  Place place;
  auto file = place.open();
  const auto sink = file.sink(place.progress);
  REQUIRE(sink.begin(answer(200)));
  if (!row.bytes.empty()) REQUIRE(sink.take(row.bytes));
  const auto arrived = file.look();
  REQUIRE(arrived);
  CHECK(arrived->sound == row.sound);
  if (row.sound) CHECK(arrived->lines == row.lines);
}

TEST_CASE("lines are counted alike however the bytes are cut", "[bulk]") {
  Place place;
  auto file = place.open();
  const auto sink = file.sink(place.progress);
  REQUIRE(sink.begin(answer(200)));
  std::string line(300'000, 'x');  // more than one piece of the reader's
  line.front() = '{';
  line.back() = '}';
  for (int i = 0; i < 3; ++i) REQUIRE(sink.take(line + "\n"));
  CHECK(file.look()->lines == 3);
}
