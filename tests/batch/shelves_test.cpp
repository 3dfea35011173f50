#include "batch/shelves.hpp"

#include "tests/batch/folder.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <filesystem>
#include <tuple>
#include <vector>

using namespace legwork;
using namespace legwork::batch;
using namespace legwork::batch::sample;

namespace {
using Row = std::tuple<std::string, std::uint32_t, std::uint64_t, std::string>;

struct Outcome {
  std::vector<Row> rows;
  std::uint64_t spilled = 0;
};

/// Puts 5,000 records of 97 patients on shelves and takes all down again. `step` sets the order
/// that they come in.
Outcome shelve(std::uint64_t memory, std::size_t step) {
  const Folder folder;
  Shelves shelves(16, folder.path(), memory, 1);
  Shelves::Hand hand(shelves);
  constexpr std::size_t count = 5000;
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = i * step % count;
    REQUIRE(hand.put({fmt::format("Patient/{}", at % 97), static_cast<std::uint32_t>(at % 3), at,
                      fmt::format("{{\"n\":{}}}", at)}));
  }
  REQUIRE(hand.put_down());
  Outcome outcome;
  outcome.spilled = shelves.spilled();
  for (std::size_t i = 0; i < shelves.size(); ++i) {
    std::string bytes;
    const auto records = shelves.take(i, bytes);
    REQUIRE(records);
    for (const auto& record : *records) {
      CHECK(shelves.shelf_of(record.patient) == i);
      outcome.rows.emplace_back(record.patient, record.file, record.at, record.json);
    }
  }
  CHECK(std::filesystem::is_empty(folder.path()));
  return outcome;
}
}  // namespace

TEST_CASE("what is spilled to disk comes back the same, in the same order", "[shelves]") {
  const auto in_memory = shelve(std::uint64_t{1} << 30, 1);
  CHECK(in_memory.spilled == 0);
  REQUIRE(in_memory.rows.size() == 5000);
  const auto spilled = shelve(20000, 1);
  CHECK(spilled.spilled > 100000);
  CHECK(spilled.rows == in_memory.rows);
}

TEST_CASE("the order on a shelf does not depend on the order of arrival", "[shelves]") {
  CHECK(shelve(20000, 1237).rows == shelve(std::uint64_t{1} << 30, 1).rows);
}

TEST_CASE("the records of a patient stand together, by file and place", "[shelves]") {
  const auto rows = shelve(std::uint64_t{1} << 30, 1237).rows;
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool same = i > 0 && std::get<0>(rows[i]) == std::get<0>(rows[i - 1]);
    if (same) {
      CHECK(std::tuple(std::get<1>(rows[i - 1]), std::get<2>(rows[i - 1])) <
            std::tuple(std::get<1>(rows[i]), std::get<2>(rows[i])));
    } else {
      seen.push_back(std::get<0>(rows[i]));
    }
  }
  CHECK(seen.size() == 97);
}

TEST_CASE("an export ten times the memory gets shelves of which one fits", "[shelves]") {
  const std::uint64_t memory = 1 << 30;
  const auto count = shelves_for(10 * memory, memory, 2);
  CHECK(count >= 16);
  CHECK(10 * memory / 2 / count <= memory / 4);
  CHECK(shelves_for(0, memory, 2) == 16);
  CHECK(shelves_for(std::uint64_t{1} << 60, memory, 2) == 4096);
}

TEST_CASE("a shelf that cannot be written says what to do", "[shelves]") {
  Shelves shelves(16, "/nowhere/at/all", 1000, 1);
  Shelves::Hand hand(shelves);
  Result<void> put;
  for (std::uint64_t i = 0; i < 100 && put; ++i)
    put = hand.put({"Patient/1", 0, i, std::string(600, 'x')});
  REQUIRE_FALSE(put);
  CHECK(put.error().kind == ErrorKind::unavailable);
  CHECK(put.error().what.find("make room there and run again") != std::string::npos);
}
