#include "bulk/answer.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::bulk;
using namespace std::chrono_literals;

namespace {
Answer says(unsigned status, std::string body = {}, std::vector<press::Header> headers = {}) {
  press::Fetched made;
  made.status = status;
  made.body = std::move(body);
  made.headers = std::move(headers);
  return made;
}

Answer later(unsigned status, std::chrono::seconds after) {
  auto made = says(status);
  made->retry_after = after;
  return made;
}

Answer nothing() { return refuse(ErrorKind::unavailable, "ehr.example.org", "no connection"); }

std::string issue(std::string_view code) {
  return R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":")" +
         std::string(code) + R"(","diagnostics":"Odalys Brightwater"}]})";
}

/// What a step is, in a word: for tables.
std::string word(const Step& step) {
  if (std::holds_alternative<GoOn>(step)) return "go on";
  if (const auto* wait = std::get_if<Wait>(&step))
    return "wait " + std::to_string(wait->pause.count());
  if (std::holds_alternative<NewToken>(step)) return "new token";
  if (std::holds_alternative<NewManifest>(step)) return "new manifest";
  if (const auto* to = std::get_if<Elsewhere>(&step)) return "elsewhere " + to->location;
  const auto& error = std::get<Stop>(step).error;
  return (error.kind == ErrorKind::unavailable ? "another time: " : "never: ") + error.what;
}
}  // namespace

TEST_CASE("a kick-off is done when the server says where the job is", "[bulk]") {
  struct Row {
    Answer answer;
    std::string then;
  };
  const auto row = GENERATE(values<Row>({
      {says(202, "", {{"content-location", "/job/1"}}), "go on"},
      {says(202), "never: began an export and did not say where (no Content-Location)"},
      {says(200, "{}"), "never: does not begin the export: answered 200"},
      {says(400, issue("not-supported")),
       "never: does not begin the export: answered 400 (not-supported)"},
      {says(401), "new token"},
      {says(403), "never: does not begin the export: answered 403"},
      {says(500), "another time: does not begin the export: answered 500"},
      {later(429, 3s), "wait 3000"},
      {says(429), "wait 1000"},
      {later(503, 0s), "wait 100"},
      {nothing(), "wait 1000"},
  }));
  CAPTURE(row.then);
  Tries tries;
  CHECK(word(after_kick_off(row.answer, tries)) == row.then);
}

TEST_CASE("while an export is prepared, what may pass is waited for and what will not ends it",
          "[bulk]") {
  struct Row {
    Answer answer;
    std::string then;
  };
  const auto row = GENERATE(values<Row>({
      {says(200, "{}"), "go on"},
      {says(202), "wait 1000"},
      {later(202, 120s), "wait 120000"},
      {later(202, 0s), "wait 100"},
      {says(500, issue("transient")), "wait 1000"},
      {says(500, issue("timeout")), "wait 1000"},
      {says(504), "wait 1000"},
      {says(502, "<html>"), "wait 1000"},
      {says(408), "wait 1000"},
      {says(500), "another time: the export has failed there: answered 500"},
      {says(500, issue("exception")),
       "another time: the export has failed there: answered 500 (exception)"},
      {says(503, issue("processing")),
       "another time: the export has failed there: answered 503 (processing)"},
      {says(404, issue("not-found")),
       "never: knows nothing of this export any more: answered 404 (not-found)"},
      {says(410), "never: knows nothing of this export any more: answered 410"},
      {says(400), "never: the export has failed there: answered 400"},
      {says(302), "never: the export has failed there: answered 302"},
  }));
  CAPTURE(row.then);
  Tries tries;
  CHECK(word(after_poll(row.answer, tries)) == row.then);
}

TEST_CASE("pauses double up to a minute, and begin anew when something was got", "[bulk]") {
  Tries tries;
  std::vector<std::string> pauses;
  for (int times = 0; times < 8; ++times) pauses.push_back(word(after_poll(says(202), tries)));
  CHECK(pauses == std::vector<std::string>{"wait 1000", "wait 2000", "wait 4000", "wait 8000",
                                           "wait 16000", "wait 32000", "wait 60000", "wait 60000"});
  for (unsigned times = 0; times < most_failures; ++times)
    CHECK(word(after_poll(nothing(), tries)).starts_with("wait"));
  CHECK(word(after_poll(says(202), tries)) == "wait 60000");
  for (unsigned times = 0; times < most_failures; ++times)
    CHECK(word(after_poll(nothing(), tries)).starts_with("wait"));
  CHECK(word(after_poll(nothing(), tries)) == "another time: no connection");
}

TEST_CASE("told to slow down is no failure, however often", "[bulk]") {
  Tries tries;
  for (int times = 0; times < 100; ++times)
    CHECK(word(after_poll(later(429, 2s), tries)) == "wait 2000");
  CHECK(tries.failures == 0);
}

TEST_CASE("before anything has begun, a server that cannot be reached is not waited for long",
          "[bulk]") {
  Tries tries;
  for (unsigned times = 0; times < most_first_failures; ++times)
    CHECK(word(after_kick_off(nothing(), tries)).starts_with("wait"));
  CHECK(word(after_kick_off(nothing(), tries)) == "another time: no connection");
}

TEST_CASE("a token that is refused is made anew once", "[bulk]") {
  Tries tries;
  CHECK(word(after_poll(says(401), tries)) == "new token");
  CHECK(word(after_poll(says(401), tries)) == "never: takes no token of this client: answered 401");
  Tries later_on;
  CHECK(word(after_poll(says(401), later_on)) == "new token");
  CHECK(word(after_poll(says(202), later_on)) == "wait 1000");
  CHECK(word(after_poll(says(401), later_on)) == "new token");
}

TEST_CASE("a file whose address has expired is looked for in a new manifest", "[bulk]") {
  struct Row {
    unsigned status;
    Sent sent;
    std::string then;
  };
  const auto row = GENERATE(values<Row>({
      {200, Sent::no_token, "go on"},
      {206, Sent::no_token, "go on"},
      {401, Sent::token, "new token"},
      {401, Sent::no_token, "new manifest"},
      {400, Sent::no_token, "new manifest"},
      {403, Sent::token, "new manifest"},
      {404, Sent::no_token, "new manifest"},
      {410, Sent::no_token, "new manifest"},
      {416, Sent::no_token, "wait 100"},
      {503, Sent::no_token, "wait 1000"},
      {500, Sent::no_token,
       "another time: does not send a file that its manifest names: answered 500"},
  }));
  CAPTURE(row.status);
  Tries tries;
  CHECK(word(after_file(says(row.status), row.sent, tries)) == row.then);
}

TEST_CASE("a file that a new manifest does not bring back ends the run, to be gone on with",
          "[bulk]") {
  Tries tries;
  CHECK(word(after_file(says(404), Sent::no_token, tries)) == "new manifest");
  CHECK(word(after_file(says(404), Sent::no_token, tries)) == "new manifest");
  CHECK(word(after_file(says(404), Sent::no_token, tries)) ==
        "another time: does not send a file that its manifest names: answered 404");
}

TEST_CASE("a file is followed to where it was moved, five times", "[bulk]") {
  Tries tries;
  const auto moved = says(307, "", {{"location", "/there"}});
  for (int times = 0; times < 5; ++times)
    CHECK(word(after_file(moved, Sent::no_token, tries)) == "elsewhere /there");
  CHECK(word(after_file(moved, Sent::no_token, tries)).starts_with("another time"));
}

TEST_CASE("of an OperationOutcome only the codes are told", "[bulk]") {
  CHECK(issue_codes(issue("not-supported")) == std::vector<std::string>{"not-supported"});
  CHECK(issue_codes(issue("Brightwater")).empty());
  CHECK(issue_codes(issue("a-code-that-is-longer-than-any")).empty());
  const auto body = GENERATE(values<std::string>(
      {"", "<html>", "[]", "{}", R"({"issue":{}})", R"({"issue":[1,{},{"code":5}]})"}));
  CAPTURE(body);
  CHECK(issue_codes(body).empty());
}
