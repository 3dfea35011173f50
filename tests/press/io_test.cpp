#include "press/io.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

using namespace legwork;
using namespace legwork::press;
namespace fs = std::filesystem;

namespace {
/// A folder of this test alone, gone when it ends.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("legwork-io-" + std::to_string(::getpid()));
  Folder() { fs::create_directory(path); }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string operator/(const std::string& name) const { return (path / name).native(); }
  std::string put(const std::string& name, std::string_view text) const {
    std::ofstream(path / name, std::ios::binary) << text;
    return *this / name;
  }
  std::size_t size() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), {}));
  }
};
}  // namespace

TEST_CASE("a folder gives its chart files by name, and nothing else", "[io]") {
  const Folder folder;
  folder.put("b.json", "B");
  folder.put("a.xml", "A");
  folder.put("c.ndjson", "C");
  folder.put("notes.txt", "no chart");
  fs::create_directory(folder / "d.json");

  const auto files = read_charts(std::vector{folder.path.native()}, 100);
  REQUIRE(files);
  REQUIRE(files->size() == 3);
  CHECK((*files)[0].name == folder / "a.xml");
  CHECK((*files)[0].text == "A");
  CHECK((*files)[1].text == "B");
  CHECK((*files)[2].text == "C");
}

TEST_CASE("files keep the order in which they were named", "[io]") {
  const Folder folder;
  const std::vector paths = {folder.put("z.json", "Z"), folder.put("a.json", "A")};
  const auto files = read_charts(paths, 100);
  REQUIRE(files);
  CHECK((*files)[0].text == "Z");
  CHECK((*files)[1].text == "A");
}

TEST_CASE("what cannot be read is named, with what to do about it", "[io]") {
  const Folder folder;
  const auto missing = read_file(folder / "none.json", 100);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::missing);
  CHECK(missing.error().where == folder / "none.json");
  CHECK(missing.error().what == "is not there; check the name");

  const auto a_folder = read_file(folder.path.native(), 100);
  REQUIRE_FALSE(a_folder);
  CHECK(a_folder.error().what == "is a folder; name a file");

  const auto empty = read_charts(std::vector{folder.path.native()}, 100);
  REQUIRE_FALSE(empty);
  CHECK(empty.error().what == "holds no .json or .ndjson or .xml file; name another folder");
}

TEST_CASE("the limit holds for one file and for all together", "[io]") {
  const Folder folder;
  const auto five = folder.put("five.json", "12345");
  const std::vector twice = {five, five};
  CHECK(read_file(five, 5));
  CHECK_FALSE(read_file(five, 4));
  CHECK(read_charts(twice, 10));
  const auto refused = read_charts(twice, 9);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::unavailable);
}

TEST_CASE("a file is written whole and leaves nothing beside it", "[io]") {
  const Folder folder;
  const auto path = folder / "report.pdf";
  REQUIRE(write_file(path, "first"));
  REQUIRE(write_file(path, "second"));
  CHECK(*read_file(path, 100) == "second");
  CHECK(folder.size() == 1);
}

TEST_CASE("a file that cannot be written leaves the old one as it was", "[io]") {
  const Folder folder;
  fs::create_directory(folder / "report.pdf");
  const auto refused = write_file(folder / "report.pdf", "bytes");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().what == "is a folder; name a file");
  CHECK(folder.size() == 1);

  const auto nowhere = write_file(folder / "none/report.pdf", "bytes");
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().where == folder / "none");
  CHECK(nowhere.error().what == "is not there; check the name");
}

TEST_CASE("a link stays a link when the file behind it is replaced", "[io]") {
  const Folder folder;
  const auto real = folder.put("real.pdf", "old");
  fs::create_symlink(real, folder / "link.pdf");
  REQUIRE(write_file(folder / "link.pdf", "new"));
  CHECK(fs::is_symlink(folder / "link.pdf"));
  CHECK(*read_file(real, 100) == "new");
}

TEST_CASE("a device is written to, not replaced", "[io]") {
  REQUIRE(write_file("/dev/null", "bytes"));
  CHECK(fs::is_character_file("/dev/null"));
  const auto full = write_file("/dev/full", "bytes");
  REQUIRE_FALSE(full);
  CHECK(full.error().what == "does not fit; the disk is full");
}

TEST_CASE("a new file has the rights that the user's umask leaves", "[io]") {
  const Folder folder;
  const auto before = ::umask(027);
  const auto written = write_file(folder / "report.pdf", "bytes");
  ::umask(before);
  REQUIRE(written);
  CHECK(fs::status(folder / "report.pdf").permissions() == fs::perms{0640});
}
