#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

// Newline-delimited JSON, as Bulk Data exports it: one resource a line.
// Source: https://hl7.org/fhir/uv/bulkdata/

namespace legwork::fhir {
/// Whether a text is one JSON object a line: its first or its last line is an object by itself, and
/// is not all there is. (The other may be broken. Of a Bundle over several lines neither is.)
bool is_ndjson(std::string_view text);

/// The lines of a text that are not blank, one after another.
class Lines {
 public:
  struct Line {
    std::size_t number;     ///< from 1, blank ones counted
    std::string_view text;  ///< without white space at its ends
  };
  explicit Lines(std::string_view text) : rest_(text) {}
  std::optional<Line> next();

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};
}  // namespace legwork::fhir
