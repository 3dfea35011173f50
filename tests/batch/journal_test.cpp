#include "batch/journal.hpp"

#include "tests/batch/folder.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::batch;
using namespace legwork::batch::sample;

TEST_CASE("what is written down as finished is so after the journal is opened again", "[journal]") {
  const Folder folder;
  const auto path = folder.path() + "/journal.sqlite";
  {
    auto journal = Journal::open(path, "a run", 20);
    REQUIRE(journal);
    CHECK_FALSE(journal->finished(3));
    REQUIRE(journal->finish(3, {12, 5, 4, 1, 2}));
  }
  const auto journal = Journal::open(path, "a run", 99);
  REQUIRE(journal);
  CHECK(journal->shelves() == 20);  // as it was begun, whatever the memory is now
  const auto counts = journal->finished(3);
  REQUIRE(counts);
  CHECK(counts->seen == 12);
  CHECK(counts->reported == 5);
  CHECK(counts->not_symptomatic == 4);
  CHECK(counts->rejected == 1);
  CHECK(counts->unchanged == 2);
  CHECK_FALSE(journal->finished(4));
}

TEST_CASE("a journal of another run is not gone on with", "[journal]") {
  const Folder folder;
  const auto path = folder.path() + "/journal.sqlite";
  REQUIRE(Journal::open(path, "a run", 20));
  const auto other = Journal::open(path, "another run", 20);
  REQUIRE_FALSE(other);
  CHECK(other.error().kind == ErrorKind::unsupported);
  CHECK(other.error().where == path);
}

TEST_CASE("a file that is no journal is refused", "[journal]") {
  const Folder folder;
  const auto path = folder.write("journal.sqlite", std::string(4096, 'x'));
  const auto journal = Journal::open(path, "a run", 20);
  REQUIRE_FALSE(journal);
  CHECK(journal.error().kind == ErrorKind::unavailable);
}
