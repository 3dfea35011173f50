#include "batch/export_manifest.hpp"

#include "tests/batch/folder.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::batch;
using namespace legwork::batch::sample;

namespace {
constexpr auto manifest = R"({"transactionTime":"2026-11-20T10:00:00Z","requiresAccessToken":true,
  "output":[{"type":"Patient","url":"https://ehr.example.org/bulk/7/Patient_1.ndjson?sig=a/b"},
            {"type":"Condition","url":"https://ehr.example.org/bulk/7/Condition_1.ndjson"}],
  "deleted":[{"type":"Bundle","url":"https://ehr.example.org/bulk/7/gone.ndjson"}],
  "error":[{"type":"OperationOutcome","url":"https://ehr.example.org/bulk/7/err.ndjson"}]})";
}  // namespace

TEST_CASE("a manifest marks deletions and errors, and tells what is missing", "[manifest]") {
  const Folder folder;
  folder.write("manifest.json", manifest);
  folder.write("Patient_1.ndjson.gz", "");
  folder.write("more/gone.ndjson", "");
  folder.write("err.ndjson", "");
  auto files = find_input(folder.path());
  REQUIRE(files);
  const auto said = read_export_manifest(folder.path(), *files);
  REQUIRE(said);
  CHECK(said->transaction_time == "2026-11-20T10:00:00Z");
  CHECK(said->missing == std::vector<std::string>{"Condition_1.ndjson"});
  CHECK(said->error_files == std::vector<std::string>{"err.ndjson"});
  REQUIRE(files->size() == 3);
  CHECK((*files)[0].holds == Holds::resources);
  CHECK((*files)[1].holds == Holds::errors);
  CHECK((*files)[2].holds == Holds::deletions);
}

TEST_CASE("files with names of their own are not taken for missing", "[manifest]") {
  const Folder folder;
  folder.write("manifest.json",
               R"({"output":[{"type":"Patient","url":"https://ehr.example.org/bulk/7"}]})");
  folder.write("patients.ndjson", "");
  auto files = find_input(folder.path());
  REQUIRE(files);
  const auto said = read_export_manifest(folder.path(), *files);
  REQUIRE(said);
  CHECK(said->missing.empty());
}

TEST_CASE("a damaged manifest is refused: nobody knows what was deleted", "[manifest]") {
  const Folder folder;
  folder.write("manifest.json", R"({"output":[)");
  std::vector<InputFile> files;
  const auto said = read_export_manifest(folder.path(), files);
  REQUIRE_FALSE(said);
  CHECK(said.error().kind == ErrorKind::malformed);
}

TEST_CASE("an export without a manifest is as good", "[manifest]") {
  const Folder folder;
  std::vector<InputFile> files;
  CHECK(read_export_manifest(folder.path(), files));
}
