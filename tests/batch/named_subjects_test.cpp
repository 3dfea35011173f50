#include "batch/named_subjects.hpp"

#include "tests/batch/folder.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

using namespace legwork;
using namespace legwork::batch;
using namespace legwork::batch::sample;

namespace {
struct Outcome {
  std::vector<std::string> placed;
  std::vector<Reject> rejects;
};

/// 200 patients with a number each, and a record that waits for each of the numbers 0 to 209.
/// Number 7 is given twice.
Outcome resolve(std::uint64_t memory) {
  const Folder folder;
  std::filesystem::create_directory(folder.path() + "/names");
  Shelves shelves(16, folder.path(), memory, 1);
  NamedSubjects named(16, folder.path() + "/names", memory, 1);
  NamedSubjects::Hand hand(named);
  for (std::size_t i = 0; i < 210; ++i)
    REQUIRE(hand.add({{fmt::format("urn:x|{}", i), 3, i, fmt::format("{{\"n\":{}}}", i)},
                      {3, 1, i + 1, fmt::format("Observation/{}", i), ""}}));
  for (std::size_t i = 0; i < 200; ++i)
    REQUIRE(hand.add_patient(fmt::format("urn:x|{}", i), fmt::format("Patient/p{}", i)));
  REQUIRE(hand.add_patient("urn:x|7", "Patient/p100"));
  REQUIRE(hand.add_patient("urn:x|8", "Patient/p8"));  // twice the same is one
  REQUIRE(hand.put_down());
  Outcome outcome;
  Shelves::Hand to(shelves);
  REQUIRE(named.resolve([&](const Record& record) { return to.put(record); },
                        [&](Reject reject) { outcome.rejects.push_back(reject); }));
  REQUIRE(to.put_down());
  for (std::size_t i = 0; i < shelves.size(); ++i) {
    std::string bytes;
    const auto records = shelves.take(i, bytes);
    REQUIRE(records);
    for (const auto& record : *records) {
      CHECK(record.file == 3);
      outcome.placed.push_back(fmt::format("{} {} {}", record.patient, record.at, record.json));
    }
  }
  std::ranges::sort(outcome.placed);
  std::ranges::sort(outcome.rejects, {}, &Reject::line);
  return outcome;
}
}  // namespace

TEST_CASE("a record finds its patient by the identifier", "[named]") {
  const auto outcome = resolve(1 << 30);
  CHECK(outcome.placed.size() == 199);
  CHECK(std::ranges::count(outcome.placed, R"(Patient/p42 42 {"n":42})") == 1);
  CHECK(std::ranges::count(outcome.placed, R"(Patient/p8 8 {"n":8})") == 1);
}

TEST_CASE("a record whose patient is not one is a reject with its place", "[named]") {
  const auto outcome = resolve(1 << 30);
  REQUIRE(outcome.rejects.size() == 11);
  CHECK(outcome.rejects[0].reference == "Observation/7");
  CHECK(outcome.rejects[0].file == 3);
  CHECK(outcome.rejects[0].line == 8);
  CHECK(outcome.rejects[0].why ==
        "names its patient by an identifier that more than one patient has");
  CHECK(outcome.rejects[1].why == "names its patient by an identifier that no patient has");
}

TEST_CASE("with little memory identifiers find the same patients", "[named]") {
  CHECK(resolve(2000).placed == resolve(1 << 30).placed);
}
