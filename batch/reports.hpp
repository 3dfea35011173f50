#pragma once

#include "base/result.hpp"
#include "batch/group.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::batch {
/// The reports of a run, whichever way they are shelved. May be asked from any thread.
class Reports {
 public:
  /// Of an archive the parts that its directory was made from must still be there.
  /// Errors: unavailable  it cannot be read
  static Result<Reports> open(const std::string& out, std::size_t shelves, Shelving shelving);

  /// A report's bytes. `name`: without folder and ending.
  /// Errors: missing, unavailable  it is not there, or cannot be read
  Result<std::string> find(std::string_view name) const;

 private:
  /// In an archive: where the header stands that the report is behind.
  struct Place {
    std::uint64_t hash, header_at;
    std::uint32_t size;
  };
  Result<std::string> find_in_archive(std::string_view place) const;

  std::string out_;
  Shelving shelving_ = Shelving::files;
  std::vector<Place> places_;  // by hash; none where each has a file
};
}  // namespace legwork::batch
