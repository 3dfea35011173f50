#include "plugin/legwork.h"

#include <catch2/catch.hpp>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {
std::string example(const std::string& name) {
  std::ifstream file(LEGWORK_SOURCE "/examples/" + name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

legwork_options options_of() {
  legwork_options options{};
  options.size = sizeof options;
  options.as_of = "2026-11-22";
  return options;
}

struct Open {
  Open() { REQUIRE(legwork_open(LEGWORK_SOURCE, &knowledge) == LEGWORK_DONE); }
  ~Open() { legwork_close(knowledge); }
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;
  legwork_knowledge* knowledge = nullptr;
};

struct Answer {
  legwork_status status;
  std::string data, problems;
};

Answer ask(legwork_knowledge* knowledge, const std::vector<std::string>& charts, int form,
           const legwork_options* options) {
  std::vector<legwork_text> texts;
  for (const auto& chart : charts) texts.push_back({chart.data(), chart.size()});
  auto* result =
      legwork_ask(knowledge, texts.data(), texts.size(), static_cast<legwork_form>(form), options);
  Answer answer{legwork_status_of(result),
                {legwork_data(result), legwork_size(result)},
                legwork_problems(result)};
  legwork_free(result);
  return answer;
}

bool holds(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}
}  // namespace

TEST_CASE("a C program gets each form of a report", "[c_abi]") {
  const Open open;
  const auto options = options_of();
  const std::vector charts = {example("amlodipine-and-iron.json")};
  const auto begins = [&](int form, const char* with) {
    const auto answer = ask(open.knowledge, charts, form, &options);
    CHECK(answer.status == LEGWORK_DONE);
    CHECK(answer.problems.empty());
    return answer.data.starts_with(with);
  };
  CHECK(begins(LEGWORK_ASSESSMENT, "{\"schemaVersion\""));
  CHECK(begins(LEGWORK_PDF, "%PDF-"));
  CHECK(begins(LEGWORK_HTML, "<!DOCTYPE html>"));
  CHECK(begins(LEGWORK_PLAIN_TEXT, ""));
  CHECK(begins(LEGWORK_DOCUMENT, "{\n  \"resourceType\": \"Bundle\""));
}

TEST_CASE("a wrong call is told what is wrong, and costs nothing else", "[c_abi]") {
  const Open open;
  const std::vector charts = {example("amlodipine-and-iron.json")};
  CHECK(legwork_open(LEGWORK_SOURCE, nullptr) == LEGWORK_MISUSE);
  CHECK(ask(nullptr, charts, LEGWORK_PDF, nullptr).status == LEGWORK_MISUSE);
  CHECK(ask(open.knowledge, {}, LEGWORK_PDF, nullptr).status == LEGWORK_MISUSE);
  CHECK(ask(open.knowledge, charts, 5, nullptr).status == LEGWORK_MISUSE);
  CHECK(ask(open.knowledge, charts, -1, nullptr).status == LEGWORK_MISUSE);
  auto options = options_of();
  options.as_of = "2026";
  CHECK(holds(ask(open.knowledge, charts, LEGWORK_PDF, &options).problems, "as_of: is no day"));
  options = options_of();
  options.onset = "2027";
  CHECK(holds(ask(open.knowledge, charts, LEGWORK_PDF, &options).problems, "onset: is no date"));
  const legwork_text no_data = {nullptr, 7};
  auto* result = legwork_ask(open.knowledge, &no_data, 1, LEGWORK_PDF, nullptr);
  CHECK(legwork_status_of(result) == LEGWORK_MISUSE);
  legwork_free(result);

  CHECK(legwork_status_of(nullptr) == LEGWORK_NOTHING);
  CHECK(std::string(legwork_data(nullptr)).empty());
  legwork_free(nullptr);
  legwork_close(nullptr);
}

TEST_CASE("a chart that cannot be read, or is somebody else's, is refused and not quoted",
          "[c_abi]") {
  const Open open;
  auto options = options_of();
  const auto unreadable = ask(open.knowledge, {"{\"Grandault\""}, LEGWORK_PDF, &options);
  CHECK(unreadable.status == LEGWORK_NOTHING);
  CHECK(unreadable.data.empty());
  CHECK(holds(unreadable.problems, "OperationOutcome"));
  CHECK_FALSE(holds(unreadable.problems, "Grandault"));
  options.subject = "Patient/other";
  CHECK(ask(open.knowledge, {example("amlodipine-and-iron.json")}, LEGWORK_PDF, &options).status ==
        LEGWORK_NOTHING);
}

TEST_CASE("a chart of which some could not be used says what", "[c_abi]") {
  const Open open;
  const auto options = options_of();
  const auto answer =
      ask(open.knowledge,
          {example("amlodipine-and-iron.json"),
           R"({"resourceType":"Observation","id":"damaged","status":"final","code":7,
               "subject":{"reference":"Patient/p1"}})"},
          LEGWORK_ASSESSMENT, &options);
  CHECK(answer.status == LEGWORK_IN_PART);
  CHECK(holds(answer.problems, "Observation/damaged"));
  CHECK(answer.data.starts_with("{"));
}

TEST_CASE("why nothing could be opened is told to the thread that tried", "[c_abi]") {
  legwork_knowledge* knowledge = nullptr;
  CHECK(legwork_open("/nowhere", &knowledge) == LEGWORK_NOTHING);
  CHECK(knowledge == nullptr);
  CHECK(holds(legwork_open_problems(), "/nowhere"));
  std::thread([] { CHECK(std::string(legwork_open_problems()).empty()); }).join();
}

TEST_CASE("a caller that knows only the first options is served", "[c_abi]") {
  const Open open;
  auto options = options_of();
  options.size = offsetof(legwork_options, onset);
  options.onset = "2027";  // beyond what the caller says it knows
  CHECK(ask(open.knowledge, {example("amlodipine-and-iron.json")}, LEGWORK_ASSESSMENT, &options)
            .status == LEGWORK_DONE);
}

TEST_CASE("many threads ask at once and get the same bytes", "[c_abi]") {
  const Open open;
  const auto options = options_of();
  const std::vector charts = {example("amlodipine-and-iron.json")};
  const auto expected = ask(open.knowledge, charts, LEGWORK_PDF, &options).data;
  std::vector<std::string> made(4);
  {
    std::vector<std::jthread> threads;
    for (auto& pdf : made)
      threads.emplace_back([&] { pdf = ask(open.knowledge, charts, LEGWORK_PDF, &options).data; });
  }
  for (const auto& pdf : made) CHECK(pdf == expected);
}

TEST_CASE("the library says which interface it has", "[c_abi]") {
  CHECK(legwork_abi() == LEGWORK_ABI);
  CHECK(std::string(legwork_version()).size() >= 5);
}
