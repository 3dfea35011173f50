#pragma once

#include "batch/deletions.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace legwork::batch {
/// Who lies where, by the Encounters and Locations of an export. Kept are the stays of those who
/// are in hospital, few beside those who were, and every Location.
class Stays {
 public:
  /// Everything is looked at twice: once to find who is in hospital, and again, in any order, for
  /// newer versions that say that they have left.
  enum class Look : std::uint8_t { first, again };

  /// One resource or Bundle as JSON; what is neither, or of no use, is passed over. May be called
  /// from any thread.
  void add(std::string_view text, Look look);

  /// What the server says it has no longer does not count.
  void forget(const Deletions& deletions);

  /// Each patient's ward, by reference: that of the stay that began last. A room or bed is on the
  /// ward that it is part of; where no ward is told, or somebody is cared for at home, there is
  /// none.
  /// Source: https://hl7.org/fhir/R4/encounter.html, https://hl7.org/fhir/R4/location.html
  std::unordered_map<std::string, std::string> wards() const;

 private:
  struct Place {
    std::string location, display, kind;
  };
  struct Stay {
    std::string patient, version, start;
    bool is_current = false;
    std::vector<Place> places;
  };
  struct Location {
    std::string name, kind, part_of, version;
  };
  struct Reader;
  void keep(const std::string& encounter, Stay stay, Look look);
  void keep(const std::string& reference, Location location);
  std::string ward_of(const Place& place) const;
  std::string ward_of(const Stay& stay) const;

  std::mutex mutex_;
  std::map<std::string, Stay> stays_;  // by the Encounter's reference
  std::unordered_map<std::string, Location> locations_;
};
}  // namespace legwork::batch
