#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace legwork::plugin {
/// Puts together a body that comes in chunks.
///
/// Extensions of chunks and trailing fields are read over; both are bounded, since they cost the
/// sender nothing.
/// Source: https://www.rfc-editor.org/rfc/rfc9112#section-7.1
class Chunks {
 public:
  enum class State : std::uint8_t { more, done, malformed, too_large };
  struct Taken {
    std::size_t bytes;  ///< of what was given; what is left belongs to the next request
    State state;
  };

  /// `limit`: of the body, in bytes
  explicit Chunks(std::size_t limit) : limit_(limit) {}

  /// Takes what has come. The content goes to the end of `body`.
  Taken take(std::string_view bytes, std::string& body);

 private:
  enum class Part : std::uint8_t { size, data, data_end, trailer, done };

  State end_of_line();
  State read_size();

  std::size_t limit_;
  std::size_t total_ = 0;  ///< bytes of content promised so far
  std::size_t left_ = 0;   ///< bytes of this chunk that have not come
  std::size_t spent_ = 0;  ///< bytes of extensions and trailers
  Part part_ = Part::size;
  std::string line_;  ///< what has come of the line of a size, or of a trailer
};
}  // namespace legwork::plugin
