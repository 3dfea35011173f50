#pragma once

#include "base/date.hpp"
#include "base/result.hpp"
#include "press/mapped_file.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::batch {
/// The assessments of an earlier run, to tell what changed since. Sixteen bytes a patient are kept
/// in memory, whatever their assessments hold. May be asked from any thread.
class Earlier {
 public:
  /// `folder`: of a run that came to its end.
  /// Errors: missing      no finished run
  ///         unsupported  its day is after `as_of`
  ///         malformed    its manifest is not one
  static Result<Earlier> open(const std::string& folder, Day as_of);

  /// The JSON of a patient's assessment; nothing for who was not there.
  std::optional<std::string_view> find(std::string_view patient) const;
  /// Tells this run from every other.
  const std::string& digest() const { return digest_; }

 private:
  struct Place {
    std::uint64_t hash, at;
  };
  std::string_view line_at(std::uint64_t at) const;

  press::MappedFile file_;
  std::vector<Place> places_;  // by hash
  std::string digest_;
};
}  // namespace legwork::batch
