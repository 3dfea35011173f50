#pragma once

#include "fhir/element.hpp"
#include "fhir/vocabulary.hpp"

#include <compare>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::fhir {
/// A code of the chart that the vocabulary does not know, where it knows no other code of the same
/// thing either. What a person wrote beside it (CodeableConcept.text) is not here.
struct UnmappedCode {
  Kind kind = Kind::medication;
  std::string system, code;  ///< as sent
  std::string display;       ///< the code system's words for it; may be ""
  std::size_t count = 0;     ///< how often it stands in the chart
  friend bool operator==(const UnmappedCode&, const UnmappedCode&) = default;
};

struct Unmapped {
  std::vector<UnmappedCode> codes;  ///< most frequent first, then by kind, system and code
  bool more = false;                ///< there were more than `most_unmapped_codes`
  friend bool operator==(const Unmapped&, const Unmapped&) = default;
};

inline constexpr std::size_t most_unmapped_codes = 10'000;

/// Collects the unmapped codes of a chart while it is read. Whether a resource counts is known only
/// at the end, so each code remembers its record.
class UnmappedTally {
 public:
  /// Every code of the resource that should be a drug, a measurement, a condition or a procedure.
  void note(std::string_view type, const Element& resource, std::size_t record,
            const Vocabulary& vocabulary);
  /// Those of the records that count: the same list, in whatever order the records came.
  Unmapped list(const std::vector<bool>& counts) const;

 private:
  struct Key {
    Kind kind;
    std::string system, code, display;
    auto operator<=>(const Key&) const = default;
  };
  struct Met {
    std::size_t record, id;
  };

  void note_product(const Element& medication, std::size_t record, const Vocabulary& vocabulary);
  void note_concept(const Element& coded, Kind kind, std::size_t record,
                    const Vocabulary& vocabulary);
  void add(Key key, std::size_t record);

  std::map<Key, std::size_t> ids_;  // the first of all in their order: which these are at the end
                                    // does not depend on when they came
  std::size_t next_id_ = 0;
  bool more_ = false;
  std::vector<Met> met_;
};
}  // namespace legwork::fhir
