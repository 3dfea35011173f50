#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace legwork::batch {
/// Resources that the server says it has no longer: what an earlier file still holds of them does
/// not count. A hundred bytes for each, whatever the size of the export.
class Deletions {
 public:
  /// One line of a file of deletions: a Bundle whose entries say DELETE. False if it is no such.
  /// Source: https://hl7.org/fhir/uv/bulkdata/export.html#response---complete-status
  bool add(std::string_view bundle);

  /// "Observation/o9"
  bool hold(std::string_view reference) const {
    return !references_.empty() && references_.contains(reference);
  }
  std::size_t size() const { return references_.size(); }
  const std::set<std::string, std::less<>>& all() const { return references_; }
  void add_reference(std::string_view reference) { references_.emplace(reference); }

 private:
  std::set<std::string, std::less<>> references_;
};
}  // namespace legwork::batch
