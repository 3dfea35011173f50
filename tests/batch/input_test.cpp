#include "batch/input.hpp"

#include "tests/batch/folder.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <vector>

using namespace legwork;
using namespace legwork::batch;
using namespace legwork::batch::sample;

namespace {
struct Seen {
  std::string text;
  std::size_t number;
  std::uint64_t offset;
  friend bool operator==(const Seen&, const Seen&) = default;
};

struct Reading {
  std::vector<Seen> lines;
  std::size_t breaks = 0;
  std::string fault;
  ErrorKind kind{};
};

constexpr std::size_t padding = 64;

Reading read(const InputFile& file, const Piece& piece) {
  Reading reading;
  const auto done = each_line(file, piece, padding, [&](const InputLine& line) {
    // Padding must be readable: the sanitizer watches.
    volatile char last = line.text.data()[line.text.size() + padding - 1];
    (void)last;
    reading.lines.push_back({std::string(line.text), line.number, line.offset});
  });
  if (done) {
    reading.breaks = *done;
  } else {
    reading.fault = done.error().what;
    reading.kind = done.error().kind;
  }
  return reading;
}

InputFile only_file(const Folder& folder) {
  const auto files = find_input(folder.path());
  REQUIRE(files);
  REQUIRE(files->size() == 1);
  return files->front();
}

Reading read_all(std::string_view name, std::string_view bytes) {
  const Folder folder;
  folder.write(name, bytes);
  const auto file = only_file(folder);
  return read(file, {0, 0, file.size});
}

std::vector<std::string> texts(const Reading& reading) {
  std::vector<std::string> all;
  for (const auto& line : reading.lines) all.push_back(line.text);
  return all;
}

using Texts = std::vector<std::string>;

std::string packed(std::string_view name, std::string_view text) {
  if (name.ends_with(".gz")) return gzip(text);
  if (name.ends_with(".zst")) return zstd(text);
  return std::string(text);
}
}  // namespace

TEST_CASE("lines are read the same plain and packed: marks, blanks, a torn last line", "[input]") {
  const auto* name = GENERATE("a.ndjson", "a.ndjson.gz", "a.ndjson.zst");
  CAPTURE(name);
  const auto reading =
      read_all(name, packed(name, "\xEF\xBB\xBF{\"a\":1}\r\n\n  \n{\"b\":2}\n{\"c\":3"));
  CHECK(reading.fault.empty());
  REQUIRE(reading.lines.size() == 3);
  CHECK(reading.lines[0] == Seen{"{\"a\":1}", 1, 3});
  CHECK(reading.lines[1].text == "{\"b\":2}");
  CHECK(reading.lines[1].number == 4);
  CHECK(reading.lines[2].text == "{\"c\":3");
  CHECK(reading.lines[2].number == 5);
  CHECK(reading.lines[2].offset == 24);
  CHECK(reading.breaks == 4);
}

TEST_CASE("an empty file holds no lines", "[input]") {
  CHECK(read_all("a.ndjson", "").lines.empty());
  CHECK(read_all("b.ndjson.gz", gzip("")).lines.empty());
  CHECK(read_all("c.ndjson.zst", zstd("")).lines.empty());
  CHECK(read_all("d.ndjson.gz", "").fault.empty());
  CHECK(read_all("e.ndjson", "\xEF\xBB\xBF").lines.empty());
}

TEST_CASE("members and frames one after the other are one text", "[input]") {
  CHECK(texts(read_all("a.ndjson.gz", gzip("1\n2") + gzip("3\n") + gzip("4"))) ==
        Texts{"1", "23", "4"});
  CHECK(texts(read_all("a.ndjson.zst", zstd("1\n2") + zstd("3\n") + zstd("4"))) ==
        Texts{"1", "23", "4"});
}

TEST_CASE("how far reading has come is heard in bytes as they are packed, and on the way",
          "[input]") {
  std::string text;
  for (int i = 0; i < 400'000; ++i) text += fmt::format("{}\n", i * 7919LL % 1'000'003);
  for (const std::string name : {"a.ndjson.gz", "a.ndjson"}) {
    const Folder folder;
    folder.write(name, name.ends_with(".gz") ? gzip(text) : text);
    const auto file = only_file(folder);
    std::vector<std::uint64_t> came;
    std::size_t lines = 0;
    REQUIRE(each_line(
        file, {0, 0, file.size}, padding, [&](const InputLine&) { ++lines; },
        [&](std::uint64_t bytes) { came.push_back(bytes); }));
    CHECK(lines == 400'000);
    CHECK(std::accumulate(came.begin(), came.end(), std::uint64_t{0}) == file.size);
    CHECK((file.packing == Packing::none || came.size() > 1));
  }
}

TEST_CASE("of damaged packing the lines before the damage are read", "[input]") {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += fmt::format("{}\n", i * 7919 % 100003);
  const auto* name = GENERATE("a.ndjson.gz", "a.ndjson.zst");
  CAPTURE(name);
  const auto whole = packed(name, text);
  const auto cut_short = read_all(name, std::string_view(whole).substr(0, whole.size() - 3));
  CHECK(cut_short.kind == ErrorKind::malformed);
  CHECK(cut_short.fault == "is damaged or cut short where it is packed; export it again");
  const auto lines = texts(cut_short);
  CHECK(lines.size() < 100001);
  for (std::size_t i = 0; i < lines.size(); ++i)
    REQUIRE(lines[i] == std::to_string(i * 7919 % 100003));
  CHECK(read_all(name, "no such thing").kind == ErrorKind::malformed);
}

TEST_CASE("wherever a file is cut, each line is read once, with its place", "[input]") {
  const std::string text = "\xEF\xBB\xBF{\"a\":1}\n\n{\"bb\":22}\n{\"ccc\":333}\n\n\n{\"d\":4}";
  const Folder folder;
  folder.write("a.ndjson", text);
  const auto file = only_file(folder);
  const auto whole = read(file, {0, 0, text.size()});
  for (std::uint64_t size = 1; size <= text.size(); ++size) {
    CAPTURE(size);
    auto pieces = cut({file}, size);
    std::ranges::sort(pieces, {}, &Piece::begin);
    std::vector<Seen> lines;
    std::size_t before = 0;
    for (const auto& piece : pieces) {
      const auto part = read(file, piece);
      for (auto line : part.lines) {
        line.number += before;
        lines.push_back(line);
      }
      before += part.breaks;
    }
    CHECK(lines == whole.lines);
    CHECK(before == whole.breaks);
  }
}

TEST_CASE("a line of thirty megabytes is read whole", "[input]") {
  const std::string line(30 << 20, 'x');
  const auto* name = GENERATE("a.ndjson", "a.ndjson.gz");
  const auto reading = read_all(name, packed(name, "1\n" + line + "\n2"));
  REQUIRE(reading.lines.size() == 3);
  CHECK(reading.lines[1].text == line);
  CHECK(reading.lines[2].text == "2");
}

TEST_CASE("a Bundle's file is one text, however many lines it has", "[input]") {
  const auto reading = read_all("a.json", "{\n \"a\": 1\n}\n");
  REQUIRE(reading.lines.size() == 1);
  CHECK(reading.lines[0] == Seen{"{\n \"a\": 1\n}", 0, 0});
}

TEST_CASE("files are found in folders, by name; what is no input is passed over", "[input]") {
  const Folder folder;
  folder.write("b/Observation.ndjson.zst", "");
  folder.write("a.json.gz", "");
  folder.write("manifest.json", "{}");
  folder.write("b/manifest.json", "{}");
  folder.write("README.md", "");
  folder.write("c.jsonl", "12");
  const auto files = find_input(folder.path());
  REQUIRE(files);
  Texts names;
  for (const auto& file : *files) names.push_back(file.name);
  CHECK(names == Texts{"a.json.gz", "b/Observation.ndjson.zst", "b/manifest.json", "c.jsonl"});
  CHECK((*files)[0].packing == Packing::gzip);
  CHECK_FALSE((*files)[0].is_lines);
  CHECK((*files)[1].packing == Packing::zstd);
  CHECK((*files)[3].is_lines);
  CHECK((*files)[3].size == 2);
}

TEST_CASE("a folder without input is refused, a link to nowhere is not passed over", "[input]") {
  const Folder folder;
  CHECK(find_input(folder.path()).error().kind == ErrorKind::missing);
  CHECK(find_input(folder.path() + "/none").error().what ==
        "is no folder; name the one that the export is in");
  std::filesystem::create_symlink("/nowhere/at/all", folder.path() + "/a.ndjson");
  const auto files = find_input(folder.path());
  REQUIRE_FALSE(files);
  CHECK(files.error().kind == ErrorKind::unavailable);
  CHECK(files.error().where == folder.path() + "/a.ndjson");
}
