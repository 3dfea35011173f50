#include "batch/zip.hpp"

#include "batch/file.hpp"
#include "tests/batch/folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <array>
#include <cstdio>

using namespace legwork::batch;
using namespace legwork::batch::sample;

namespace {
/// What another reader finds in an archive: Python's own.
std::string found_by_python(const std::string& archive, std::string_view asked) {
  const auto command = fmt::format(
      "python3 -c 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print({}, end=\"\")' {}",
      asked, archive);
  std::string said;
  FILE* pipe = ::popen(command.c_str(), "r");
  std::array<char, 256> some{};
  for (std::size_t got = 0; (got = std::fread(some.data(), 1, some.size(), pipe)) > 0;)
    said.append(some.data(), got);
  ::pclose(pipe);
  return said;
}

/// An archive whose files' bytes are not written: where they would stand is a hole.
class Archive {
 public:
  explicit Archive(const std::string& path) : file_(path, O_WRONLY | O_CREAT) {}

  void add(const ZipEntry& entry, std::string_view bytes) {
    REQUIRE(file_.seek(at_));
    REQUIRE(file_.write(zip_header(entry) + std::string(bytes)));
    lines_ += zip_directory_line(entry, at_);
    at_ += zip_extent(entry);
    ++entries_;
  }
  void end() {
    REQUIRE(file_.seek(at_));
    REQUIRE(file_.write(lines_ + zip_end({entries_, at_, lines_.size()})));
  }
  std::uint64_t size() const { return at_; }

 private:
  File file_;
  std::string lines_;
  std::uint64_t at_ = 0, entries_ = 0;
};
}  // namespace

TEST_CASE("an archive holds files as they are", "[zip]") {
  const Folder folder;
  const auto path = folder.path() + "/a.zip";
  Archive archive(path);
  archive.add(zip_entry("3f/3f9a.pdf", "a report"), "a report");
  archive.add(zip_entry("empty", ""), "");
  archive.end();
  CHECK(found_by_python(path, "z.namelist()") == "['3f/3f9a.pdf', 'empty']");
  CHECK(found_by_python(path, "z.testzip()") == "None");
  CHECK(found_by_python(path, R"(z.read("3f/3f9a.pdf").decode())") == "a report");
  CHECK(found_by_python(path, R"(z.getinfo("empty").date_time)") == "(1980, 1, 1, 0, 0, 0)");
}

TEST_CASE("a report behind four gigabytes is found", "[zip]") {
  const Folder folder;
  const auto path = folder.path() + "/large.zip";
  Archive archive(path);
  constexpr std::uint32_t three_gb = 3U << 30U;
  archive.add({"one", three_gb, 0}, {});
  archive.add({"two", three_gb, 0}, {});
  archive.add(zip_entry("last", "a report"), "a report");
  archive.end();
  REQUIRE(archive.size() > std::uint64_t{6} << 30U);
  CHECK(found_by_python(path, R"(z.read("last").decode())") == "a report");
  CHECK(found_by_python(path, R"(z.getinfo("two").header_offset)") == "3221225505");
}

TEST_CASE("an archive holds more reports than the old form can count", "[zip]") {
  const auto count = GENERATE(65534, 65535, 70000);
  const Folder folder;
  const auto path = folder.path() + "/many.zip";
  Archive archive(path);
  for (int i = 0; i < count; ++i)
    archive.add(zip_entry(std::to_string(i), std::to_string(i)), std::to_string(i));
  archive.end();
  CHECK(found_by_python(path, "len(z.namelist())") == std::to_string(count));
  CHECK(found_by_python(path, R"(z.read("65000").decode())") == "65000");
}
