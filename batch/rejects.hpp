#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::batch {
/// A line, or a resource on it, that could not be used. No patient data beyond the reference.
struct Reject {
  std::size_t file = 0;  ///< index of the InputFile
  std::size_t piece =
      0;                 ///< index of the Piece, and the line within it: until all pieces are read,
  std::size_t line = 0;  ///< nobody knows which line of the file that is
  std::string reference;  ///< "Observation/o9"; may be ""
  std::string why;        ///< one lower-case clause
};

/// One line of rejects.ndjson: an OperationOutcome that says where and why.
/// `place`: "Condition.ndjson:17", or the file alone.
std::string reject_line(std::string_view place, const Reject& reject);
}  // namespace legwork::batch
