#include "batch/stays.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <vector>

using namespace legwork::batch;

namespace {
std::string location(std::string_view id, std::string_view name, std::string_view kind,
                     std::string_view part_of) {
  return fmt::format(
      R"({{"resourceType":"Location","id":"{}","name":"{}","physicalType":{{"coding":[{{"code":"{}"}}]}},)"
      R"("partOf":{{"reference":"Location/{}"}}}})",
      id, name, kind, part_of);
}

/// `more`: members that the Encounter also has, after a comma.
std::string encounter(std::string_view id, std::string_view status, std::string_view where,
                      std::string_view more = {}) {
  return fmt::format(
      R"({{"resourceType":"Encounter","id":"{}","status":"{}","subject":{{"reference":"Patient/p1"}},)"
      R"("location":[{}]{}}})",
      id, status, where, more);
}

std::string at(std::string_view reference) {
  return fmt::format(R"({{"location":{{"reference":"{}","display":"as displayed"}}}})", reference);
}

/// The ward of Patient/p1 by these resources; "" where it is on none.
std::string ward_by(const std::vector<std::string>& texts) {
  Stays stays;
  for (const auto look : {Stays::Look::first, Stays::Look::again})
    for (const auto& text : texts) stays.add(text, look);
  const auto wards = stays.wards();
  return wards.contains("Patient/p1") ? wards.at("Patient/p1") : "";
}

const std::string ward = location("w", "Ward 3", "wa", "house"),
                  house = location("house", "H", "bu", ""),
                  room = location("r", "Room 12", "ro", "w"),
                  bed = location("b", "Bed 2", "bd", "r"),
                  lost_bed = location("lost", "Bed 9", "bd", ""),
                  home = location("ho", "Home", "ho", "");
}  // namespace

TEST_CASE("who is in a bed is on the ward that it is part of", "[stays]") {
  CHECK(ward_by({encounter("e", "in-progress", at("Location/b")), bed, room, ward, house}) ==
        "Ward 3");
  CHECK(ward_by({encounter("e", "in-progress", at("https://x.example/fhir/Location/w")), ward}) ==
        "Ward 3");
  CHECK(ward_by({encounter("e", "in-progress", at("Location/lost")), lost_bed}).empty());
}

TEST_CASE("where no Location is there, the ward is as the Encounter shows it", "[stays]") {
  CHECK(ward_by({encounter("e", "arrived", at("Location/elsewhere"))}) == "as displayed");
  const std::string_view two =
      R"({"location":{"display":"Bed 1"},"physicalType":{"coding":[{"code":"bd"}]}},)"
      R"({"location":{"display":"Ward 5"},"physicalType":{"coding":[{"code":"wa"}]}})";
  CHECK(ward_by({encounter("e", "in-progress", two)}) == "Ward 5");
}

TEST_CASE("who has left, is yet to come, or is cared for at home is on no ward", "[stays]") {
  const auto where = at("Location/w");
  for (const auto* status : {"finished", "planned", "cancelled", "entered-in-error", ""})
    CHECK(ward_by({encounter("e", status, where), ward}).empty());
  CHECK(
      ward_by({encounter("e", "in-progress", where, R"(,"class":{"code":"AMB"})"), ward}).empty());
  CHECK(ward_by({encounter("e", "in-progress", at("Location/ho")), home}).empty());
  CHECK(ward_by({encounter("e", "in-progress",
                           R"({"location":{"display":"X"},"status":"completed"},)"
                           R"({"location":{"display":"Y"},"period":{"end":"2026-01-01"}})")})
            .empty());
}

TEST_CASE("of two versions of a stay the newer counts, of two stays the later", "[stays]") {
  const auto old = encounter("e", "in-progress", at("Location/w"), R"(,"meta":{"versionId":"9"})");
  const auto over = encounter("e", "finished", "", R"(,"meta":{"versionId":"10"})");
  CHECK(ward_by({old, over, ward}).empty());
  CHECK(ward_by({over, old, ward}).empty());
  const auto first =
      encounter("x", "in-progress", at("Location/w"), R"(,"period":{"start":"2026-11-01"})");
  const auto second =
      encounter("a", "in-progress", at("Location/other"), R"(,"period":{"start":"2026-11-20"})");
  CHECK(ward_by({first, second, ward}) == "as displayed");
  CHECK(ward_by({second, first, ward}) == "as displayed");
}

TEST_CASE("a stay that the server says is gone does not count", "[stays]") {
  Stays stays;
  stays.add(encounter("e", "in-progress", at("Location/w")), Stays::Look::first);
  Deletions deletions;
  REQUIRE(deletions.add(
      R"({"resourceType":"Bundle","entry":[{"request":{"method":"DELETE","url":"Encounter/e"}}]})"));
  CHECK(stays.wards().size() == 1);
  stays.forget(deletions);
  CHECK(stays.wards().empty());
}

TEST_CASE("a Bundle of one Patient tells of that patient", "[stays]") {
  const auto bundle = [](std::string_view subject) {
    return fmt::format(
        R"({{"resourceType":"Bundle","entry":[{{"resource":{{"resourceType":"Patient","id":"p1"}}}},)"
        R"({{"resource":{{"resourceType":"Encounter","id":"e","status":"in-progress",)"
        R"("subject":{{"reference":"{}"}},"location":[{{"location":{{"reference":"urn:uuid:7"}}}}]}}}},)"
        R"({{"fullUrl":"urn:uuid:7","resource":{}}}]}})",
        subject, ward);
  };
  CHECK(ward_by({bundle("urn:uuid:somebody")}) == "Ward 3");
}

TEST_CASE("what is no resource, or not as FHIR says, is passed over", "[stays]") {
  CHECK(ward_by({"", "[", "7", R"({"resourceType":"Encounter"})",
                 R"({"resourceType":"Encounter","location":{},"class":[],"subject":7})",
                 R"({"resourceType":"Bundle","entry":[7,{"resource":[]}]})"})
            .empty());
}

TEST_CASE("Locations that are part of each other in a circle end somewhere", "[stays]") {
  CHECK(ward_by({encounter("e", "in-progress", at("Location/b")), location("b", "B", "bd", "r"),
                 location("r", "R", "ro", "b")})
            .empty());
}
