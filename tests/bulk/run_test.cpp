#include "bulk/run.hpp"
#include "tests/batch/folder.hpp"
#include "tests/bulk/world.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

using namespace legwork;
using namespace legwork::bulk;
using namespace legwork::bulk::sample;
using namespace std::chrono_literals;

namespace {
constexpr auto manifest = R"({"transactionTime":"2026-11-20T08:00:00Z","requiresAccessToken":false,
  "output":[{"type":"Patient","url":"https://files.example.org/p","count":1}]})";

/// A server whose answers are listed by what is asked; the last of each list is given for ever.
class Script {
 public:
  void on(const std::string& what, std::vector<Result<press::Fetched>> answers) {
    answers_[what] = std::move(answers);
  }
  Result<press::Fetched> operator()(const press::Outgoing& request) {
    auto& answers = answers_[request.method + " " + request.address.path];
    if (answers.empty()) return answer(404);
    auto given = answers.front();
    if (answers.size() > 1) answers.erase(answers.begin());
    return given;
  }

 private:
  std::map<std::string, std::vector<Result<press::Fetched>>> answers_;
};

Script usual() {
  Script script;
  script.on("GET /fhir/Patient/$export",
            {answer(202, "", {{"Content-Location", "https://ehr.example.org/job/1"}})});
  script.on("GET /job/1", {answer(200, manifest)});
  script.on("GET /p", {answer(200, "{\"a\":1}\n")});
  script.on("DELETE /job/1", {answer(202)});
  return script;
}

Options options(const batch::sample::Folder& folder) {
  Options made;
  made.base = *press::read_address("https://ehr.example.org/fhir", press::PlainHttp::never);
  made.plain = press::PlainHttp::never;
  made.out = folder.path();
  made.jobs = 1;
  return made;
}

Result<Summary> run(World& world, const Options& given) {
  Progress progress;
  return fetch_export(given, world.outside(), progress);
}

/// Runs with that much for --timeout, which the server uses up.
void leave_after_ten_minutes(World& world) {
  const batch::sample::Folder folder;
  auto given = options(folder);
  given.timeout = 10min;
  const auto summary = run(world, given);
  REQUIRE_FALSE(summary);
  CHECK(summary.error().kind == ErrorKind::unavailable);
}
}  // namespace

TEST_CASE("an export is asked for, waited for, fetched, and ended", "[bulk]") {
  World world(usual());
  const batch::sample::Folder folder;
  const auto summary = run(world, options(folder));
  REQUIRE(summary);
  CHECK(summary->transaction_time == "2026-11-20T08:00:00Z");
  CHECK(summary->files == 1);
  CHECK_FALSE(summary->left_over);
  CHECK(world.asked() == std::vector<std::string>{
                             "GET https://ehr.example.org/fhir/Patient/$export",
                             "GET https://ehr.example.org/job/1", "GET https://files.example.org/p",
                             "DELETE https://ehr.example.org/job/1"});
  CHECK(std::filesystem::exists(folder.path() + "/Patient.0001.ndjson"));
  CHECK_FALSE(std::filesystem::exists(folder.path() + "/.fetch"));
}

TEST_CASE("a server that never gets ready is left after the time of --timeout", "[bulk]") {
  auto script = usual();
  script.on("GET /job/1", {answer(202)});
  World world(script);
  leave_after_ten_minutes(world);
  std::chrono::milliseconds waited{};
  for (const auto pause : world.waits()) waited += pause;
  CHECK(waited < 10min);
  CHECK(waited > 8min);
  CHECK(world.requests().size() < 20);  // it backs off
}

TEST_CASE("a server that is gone for two minutes is waited for", "[bulk]") {
  const Result<press::Fetched> none =
      refuse(ErrorKind::unavailable, "ehr.example.org", "no connection");
  auto script = usual();
  script.on("GET /job/1", {none, none, none, none, none, none, none, answer(200, manifest)});
  World world(script);
  const batch::sample::Folder folder;
  REQUIRE(run(world, options(folder)));
  CHECK(world.waits() == std::vector<std::chrono::milliseconds>{1s, 2s, 4s, 8s, 16s, 32s, 60s});
}

TEST_CASE("a server whose pages go in a circle is not followed for ever", "[bulk]") {
  auto script = usual();
  script.on("GET /job/1", {answer(200, R"({"transactionTime":"t","output":[],
                                        "link":[{"relation":"next","url":"/job/1"}]})")});
  World world(script);
  const batch::sample::Folder folder;
  const auto summary = run(world, options(folder));
  REQUIRE_FALSE(summary);
  CHECK(summary.error().kind == ErrorKind::malformed);
}

TEST_CASE("a manifest that names other files than before is not mixed with the first", "[bulk]") {
  auto script = usual();
  script.on("GET /p", {answer(403)});
  script.on("GET /job/1", {answer(200, manifest), answer(200, R"({"transactionTime":"t","output":[
              {"type":"Patient","url":"https://files.example.org/q","count":9}]})")});
  World world(script);
  const batch::sample::Folder folder;
  const auto summary = run(world, options(folder));
  REQUIRE_FALSE(summary);
  CHECK(summary.error().kind == ErrorKind::unsupported);
  CHECK(summary.error().what.find("--cancel") != std::string::npos);
}

TEST_CASE("an export with nothing in it is a folder with a manifest", "[bulk]") {
  auto script = usual();
  script.on("GET /job/1", {answer(200, R"({"transactionTime":"t","output":[]})")});
  World world(script);
  const batch::sample::Folder folder;
  const auto summary = run(world, options(folder));
  REQUIRE(summary);
  CHECK(summary->files == 0);
}

TEST_CASE("a file that comes torn twice ends the run, to be gone on with", "[bulk]") {
  auto script = usual();
  script.on("GET /p", {answer(200, "{\"a\":")});
  World world(script);
  const batch::sample::Folder folder;
  const auto summary = run(world, options(folder));
  REQUIRE_FALSE(summary);
  CHECK(summary.error().kind == ErrorKind::unavailable);
  CHECK_FALSE(std::filesystem::exists(folder.path() + "/manifest.json"));
}

TEST_CASE("a file for which a server only tells to wait is left after the time of --timeout",
          "[bulk]") {
  auto script = usual();
  script.on("GET /p", {answer(429)});
  World world(script);
  leave_after_ten_minutes(world);
  CHECK(world.requests().size() < 20);
}

TEST_CASE("of many files at a time one that fails ends all, and what arrived is kept", "[bulk]") {
  std::string files;
  for (int number = 0; number < 40; ++number)
    files += (number > 0 ? "," : "") + std::string(R"({"type":"Patient","url":"/file)") +
             std::to_string(number) + "\"}";
  const auto many = R"({"transactionTime":"t","output":[)" + files + "]}";
  std::atomic<bool> fails = true;
  World world([&](const press::Outgoing& request) -> Result<press::Fetched> {
    const auto& path = request.address.path;
    if (path.ends_with("$export")) return answer(202, "", {{"Content-Location", "/job/1"}});
    if (path == "/job/1") return answer(200, many);
    if (path == "/file7" && fails) return answer(500);
    return answer(200, "{}\n");
  });
  const batch::sample::Folder folder;
  auto given = options(folder);
  given.jobs = 8;
  const auto summary = run(world, given);
  REQUIRE_FALSE(summary);
  CHECK(summary.error().where == "Patient.0008.ndjson");
  fails = false;
  const auto before = world.requests().size();
  given.begin = Begin::go_on;
  REQUIRE(run(world, given));
  CHECK(world.requests().size() - before <= 41);  // what was missing, and the end
  CHECK(std::filesystem::exists(folder.path() + "/Patient.0040.ndjson"));
}

TEST_CASE("an error file that tells of no error is no lack", "[bulk]") {
  struct Row {
    std::string line;
    std::size_t errors;
  };
  const auto row = GENERATE(values<Row>({
      {R"({"resourceType":"OperationOutcome","issue":[{"severity":"information"}]})", 0},
      {R"({"issue":[{"severity":"warning"},{"severity":"success"}]})", 0},
      {R"({"issue":[{"severity":"warning"},{"severity":"error"}]})", 1},
      {R"({"issue":[{"severity":"fatal"}]})", 1},
      {R"({"issue":[{}]})", 1},
      {R"({"resourceType":"Patient"})", 1},
      {"{not JSON}", 1},
      {"", 0},
  }));
  CAPTURE(row.line);
  auto script = usual();
  script.on("GET /job/1", {answer(200, R"({"transactionTime":"t","output":[],
      "error":[{"type":"OperationOutcome","url":"https://files.example.org/p"}]})")});
  script.on("GET /p", {answer(200, row.line)});
  World world(script);
  const batch::sample::Folder folder;
  const auto summary = run(world, options(folder));
  REQUIRE(summary);
  CHECK(summary->errors.size() == row.errors);
}
