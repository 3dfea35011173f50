#include "batch/record_lines.hpp"

#include "batch/file.hpp"
#include "tests/batch/folder.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <vector>

using namespace legwork;
using namespace legwork::batch;
using namespace legwork::batch::sample;

namespace {
/// A file that is read as if it were a pipe.
class Given {
 public:
  explicit Given(std::string_view text)
      : handle(::open(folder_.write("given", text).c_str(), O_RDONLY)) {}
  ~Given() { ::close(handle); }
  Given(const Given&) = delete;
  Given& operator=(const Given&) = delete;

 private:
  Folder folder_;

 public:
  int handle;
};

/// What is read of sorted records, and how it ends.
std::string read(std::string_view text) {
  const Given given(text);
  SortedRecords records(given.handle, 1000);
  std::string seen;
  for (;;) {
    const auto line = records.next();
    if (!line) return seen + line.error().where + " " + line.error().what;
    if (!*line) return seen + "end";
    seen += (*line)->record ? (*line)->record->key + "," : "none,";
  }
}
}  // namespace

TEST_CASE("a record is read as it was written, whatever its key and file are called",
          "[record lines]") {
  const RecordLine given{.key = "Identifier/urn:a\tb%25\n|\x7f",
                         .file = "a b%.ndjson",
                         .at = 255,
                         .json = R"({"a":1})"};
  std::string text;
  append_record_line(text, given);
  CHECK(text == "Identifier/urn:a%09b%2525%0A|%7F\ta b%25.ndjson\t00000000000000ff\t{\"a\":1}\n");
  const auto line = read_record_line(std::string_view(text).substr(0, text.size() - 1));
  REQUIRE(line);
  CHECK(line->key == given.key);
  CHECK(line->file == given.file);
  CHECK(line->at == 255);
  CHECK(line->json == given.json);
}

TEST_CASE("a key and an object are a record; what has no key or object is none", "[record lines]") {
  const auto line = read_record_line("Patient/p1\t{}");
  REQUIRE(line);
  CHECK(line->key == "Patient/p1");
  CHECK(line->json == "{}");
  for (const auto* none : {"", "Patient/p1", "\t{}", "Patient/p1\t[]", "Patient/p1\tf\t{}",
                           "Patient/p1\tf\tnot hex\t{}", "Patient/p1\tf\t0f\t"}) {
    CAPTURE(none);
    CHECK_FALSE(read_record_line(none));
  }
}

TEST_CASE("lines of a pipe come one after the other, the last without its end, too",
          "[record lines]") {
  const std::string longer(200'000, 'x');
  const Given given("one\n\n" + longer + "\nlast");
  PipeLines lines(given.handle, "given", 1 << 20);
  std::vector<std::string> seen;
  for (auto line = lines.next(); line && *line; line = lines.next())
    seen.emplace_back((*line)->text);
  CHECK(seen == std::vector<std::string>{"one", "", longer, "last"});
}

TEST_CASE("of a line beyond the limit the beginning comes, and then the next line",
          "[record lines]") {
  const Given given("Patient/p1\t{" + std::string(300'000, ' ') + "}\nnext\n");
  PipeLines lines(given.handle, "given", 100);
  const auto cut = lines.next();
  REQUIRE((cut && *cut));
  CHECK_FALSE((*cut)->is_whole);
  CHECK((*cut)->text.size() == 100);
  CHECK((*cut)->text.starts_with("Patient/p1\t{"));
  const auto next = lines.next();
  REQUIRE((next && *next));
  CHECK((*next)->text == "next");
  CHECK((*next)->number == 2);
  CHECK((*next)->is_whole);
}

TEST_CASE("sorted records end with the line that says so, and with nothing else",
          "[record lines]") {
  CHECK(read("Patient/p1\t{}\nPatient/p1\t{}\n~end\t{}\n") == "Patient/p1,Patient/p1,end");
  CHECK(read("Patient/p1\t{}\n~end\t{}\n~end\t{}\n") == "Patient/p1,end");
  CHECK(read("Patient/p1\t{}\n") ==
        "Patient/p1,standard input ends without the line ~end: who sends it was stopped; run it "
        "again");
  CHECK(read("") ==
        "standard input ends without the line ~end: who sends it was stopped; run it "
        "again");
}

TEST_CASE("records that are not sorted are found at the first that is not", "[record lines]") {
  CHECK(read("Patient/p2\t{}\nPatient/p1\t{}\n~end\t{}\n") ==
        "Patient/p2,standard input:2 the lines are not sorted by their bytes; sort them with "
        "LC_ALL=C sort");
  CHECK(read("Patient/p1\t{}\n~end\t{}\nPatient/p1\t{}\n")
            .starts_with("Patient/p1,standard input:3 "));
}
