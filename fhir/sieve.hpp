#pragma once

#include "fhir/vocabulary.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace legwork::fhir {
/// What one resource of an export is to the chart of its patient. Lasts as long as the call that it
/// is handed over in.
struct Sifted {
  std::string_view type;       ///< "Observation"; "" of what is no resource
  std::string_view reference;  ///< "Observation/o9"; where it has no id, its place in words
  bool has_id = false;         ///< or a full URL
  std::string_view patient;  ///< "Patient/p1", "urn:uuid:…": whose it is; "" where it does not say
  /// "system|value": a Patient's own, or those that a resource names its patient by where it has no
  /// reference.
  std::span<const std::string> identifiers;
  std::string_view full_url;   ///< of its Bundle entry; may be ""
  std::string_view json;       ///< what of it a chart may need, on one line
  std::string_view complaint;  ///< why it cannot be read; "" if it can
};

/// Where a text stands: "Condition.ndjson", line 17.
struct LineOf {
  std::string_view input;
  std::size_t line = 0;  ///< from 1; 0: the text is all there is
};

/// Reads the resources of many patients, in any order, and hands over those that a chart needs; the
/// rest is stepped over. A chart that is read from what a Sieve let pass is the same, but for its
/// count of resources, as one that is read from everything. One for each thread.
class Sieve {
 public:
  explicit Sieve(const Vocabulary& vocabulary);
  ~Sieve();
  Sieve(Sieve&&) noexcept;

  /// How many bytes behind a text must be readable; what they hold does not matter.
  static std::size_t padding();

  /// One resource, Bundle or array as JSON. Returns what is wrong with the text as such, "JSON is
  /// cut short", or ""; what stood before the fault may have been handed over.
  std::string_view sift(std::string_view text, LineOf place,
                        const std::function<void(const Sifted&)>& found);

 private:
  struct State;
  std::unique_ptr<State> state_;
};
}  // namespace legwork::fhir
