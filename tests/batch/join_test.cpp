#include "batch/join.hpp"

#include "batch/parts.hpp"
#include "press/io.hpp"
#include "tests/batch/folder.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace legwork;
using namespace legwork::batch;
using namespace legwork::batch::sample;

namespace {
const Joining rows{"rows", "all.txt", "before\n", [](const File& file, std::uint64_t length) {
                     REQUIRE(file.write("after " + std::to_string(length)));
                     return Result<void>();
                   }};
constexpr std::string_view whole = "before\none\nthree\nafter 17";

Journal journal_in(const Folder& folder) {
  std::filesystem::create_directory(work_folder(folder.path()));
  auto journal = Journal::open(journal_path(folder.path()), "a run", 3);
  REQUIRE(journal);
  return std::move(*journal);
}

void write_parts(const Folder& folder) {
  folder.write(".work/rows-0000", "one\n");
  folder.write(".work/rows-0001", "");
  folder.write(".work/rows-0002", "three\n");
}

std::string text_of(const Folder& folder, const std::string& name) {
  const auto text = press::read_file(folder.path() + "/" + name, 1000);
  return text ? *text : text.error().what;
}
}  // namespace

TEST_CASE("parts become one file in the order of their shelves, and go", "[join]") {
  const Folder folder;
  auto journal = journal_in(folder);
  write_parts(folder);
  REQUIRE(join(folder.path(), rows, journal));
  CHECK(text_of(folder, "all.txt") == whole);
  for (const std::size_t shelf : {0, 1, 2})
    CHECK_FALSE(std::filesystem::exists(part_path(folder.path(), shelf, "rows")));
  REQUIRE(join(folder.path(), rows, journal));  // killed before the run was over: done is done
  CHECK(text_of(folder, "all.txt") == whole);
}

TEST_CASE("joining goes on from what was noted, whatever was written after it", "[join]") {
  const Folder folder;
  auto journal = journal_in(folder);
  write_parts(folder);
  SECTION("nothing") { folder.write(".work/all.txt", "before\none\nthr"); }
  SECTION("the first part, which is gone") {
    folder.write(".work/all.txt", "before\none\nthree\naft");
    std::filesystem::remove(part_path(folder.path(), 0, "rows"));
    REQUIRE(journal.note("rows", {1, 11}));
  }
  SECTION("all parts, but not what stands after them") {
    folder.write(".work/all.txt", "before\none\nthree\nafter 170");
    for (const std::size_t shelf : {0, 1, 2})
      std::filesystem::remove(part_path(folder.path(), shelf, "rows"));
    REQUIRE(journal.note("rows", {3, 17}));
  }
  const auto opened = Journal::open(journal_path(folder.path()), "a run", 3);
  REQUIRE(opened);
  CHECK(opened->joined("rows").length == journal.joined("rows").length);
  REQUIRE(join(folder.path(), rows, journal));
  CHECK(text_of(folder, "all.txt") == whole);
}

TEST_CASE("a part that is not there is no part that was empty", "[join]") {
  const Folder folder;
  auto journal = journal_in(folder);
  write_parts(folder);
  std::filesystem::remove(part_path(folder.path(), 1, "rows"));
  const auto joined = join(folder.path(), rows, journal);
  REQUIRE_FALSE(joined);
  CHECK(joined.error().kind == ErrorKind::unavailable);
  CHECK_FALSE(std::filesystem::exists(folder.path() + "/all.txt"));
}
