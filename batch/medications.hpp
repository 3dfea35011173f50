#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace legwork::batch {
/// Drugs that stand in resources of their own, to be joined to the orders that refer to them.
/// A few bytes for each resource, and each drug's text once, however many resources describe it.
class Medications {
 public:
  /// `reference`: "Medication/m1". `json` as a Sieve gives it. May be called from any thread.
  void add(std::string_view reference, std::string_view json, std::uint32_t file, std::uint64_t at);

  /// Entries of a Bundle, each after a comma, of the Medications that these entries refer to. Once
  /// all are added, from any thread.
  void append_referred(std::string_view entries, std::string& to) const;

 private:
  struct Stands {
    std::uint32_t drug = 0, file = 0;
    std::uint64_t at = 0;
    std::string version;  // meta.lastUpdated and meta.versionId: the greater is the newer
  };
  std::mutex mutex_;
  std::unordered_map<std::string, std::uint32_t> drugs_;  // texts without their ids
  std::vector<const std::string*> texts_;
  std::unordered_map<std::string, Stands> by_id_;
};
}  // namespace legwork::batch
