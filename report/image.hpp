#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace legwork::report {
/// A picture as a file holds it: a letterhead's logo. Its bytes are compressed already, once for
/// all the documents that show it.
struct Image {
  enum class Colors : std::uint8_t { gray, rgb };
  enum class Packing : std::uint8_t {
    flate,  ///< rows from the top, 8 bits a channel
    dct,    ///< a JPEG file as it came
  };
  int width = 0, height = 0;  ///< in pixels
  Colors colors = Colors::rgb;
  Packing packing = Packing::flate;
  std::string bytes;
};

/// What no logo needs, and a small file may claim: each is 24 MB when unpacked, and a report
/// carries its pictures along.
inline constexpr std::size_t most_image_bytes = 4 << 20;
inline constexpr int most_image_pixels = 8'000'000;

/// Reads a PNG of any kind, or a JPEG in gray or YCbCr. What shines through shows white paper: an
/// archived page may not be transparent. A JPEG is kept as it is, once it has been decoded to its
/// end. `name` stands in errors: "logo.png".
///
/// Errors: malformed    the file is damaged or cut short
///         unsupported  it is something else, too large, CMYK, or a JPEG that PDF readers do not
///         know
/// Cost:   decodes the picture, and compresses a PNG's anew; not for every document
/// Source: PNG (W3C, second edition); ITU-T T.81; PDF 32000-1, 7.4.8 and 8.9.5
Result<Image> read_image(std::string_view bytes, std::string_view name);
}  // namespace legwork::report
