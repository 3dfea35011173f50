#include "app/fetch_progress.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::app;
using namespace std::chrono_literals;

TEST_CASE("what a server says of its progress is shown to who looks on, and no log has its words",
          "[app]") {
  struct Row {
    std::string heard, terminal, log;
  };
  const std::string waiting = "the server prepares the export, for 7 s now";
  const auto row = GENERATE(values<Row>({
      {"", "", ""},
      {"in progress", ": in progress", ""},
      {"Odalys Brightwater", ": Odalys Brightwater", ""},
      {"50%", ": 50%", ": 50%"},
      {"Odalys, 50.5% done", ": Odalys, 50.5% done", ": 50.5%"},
      {"Odalys% done", ": Odalys% done", ""},
      {"%", ": %", ""},
  }));
  bulk::Progress progress;
  progress.phase = bulk::Phase::waiting;
  progress.hear(row.heard);
  CHECK(progress_line(progress, 7s, Reader::terminal) == waiting + row.terminal);
  CHECK(progress_line(progress, 7s, Reader::log) == waiting + row.log);
}

TEST_CASE("a download tells files, megabytes and megabytes a second", "[app]") {
  bulk::Progress progress;
  progress.phase = bulk::Phase::downloading;
  progress.files = 12;
  progress.files_done = 3;
  progress.bytes = 50'000'000;
  CHECK(progress_line(progress, 20s, Reader::log) == "3 of 12 files, 50 MB, 2.5 MB/s");
}
