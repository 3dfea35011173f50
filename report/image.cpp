#include "report/image.hpp"

#include "report/deflate.hpp"

#include <fmt/format.h>
#include <png.h>
#include <turbojpeg.h>

#include <memory>
#include <new>
#include <optional>
#include <type_traits>
#include <vector>

// libharu's own readers stay unused: a damaged PNG ends the process there, and a JPEG that was cut
// short passes.

namespace legwork::report {
namespace {
constexpr std::string_view png_signature = "\x89PNG\r\n\x1A\n";
constexpr std::string_view jpeg_signature = "\xFF\xD8\xFF";

std::optional<Error> too_large(std::int64_t width, std::int64_t height, std::string_view name) {
  if (width > 0 && height > 0 && width <= most_image_pixels / height) return std::nullopt;
  return Error{ErrorKind::unsupported, std::string(name),
               fmt::format("the picture has {} × {} pixels; {} million at most are read: "
                           "scale it down",
                           width, height, most_image_pixels / 1'000'000)};
}

Image packed(int width, int height, Image::Colors colors, std::string_view samples) {
  return {width, height, colors, Image::Packing::flate, Deflater().deflate(samples)};
}

struct PngReader {
  png_image image{};
  PngReader() { image.version = PNG_IMAGE_VERSION; }
  ~PngReader() { png_image_free(&image); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;
};

Result<Image> read_png(std::string_view bytes, std::string_view name) {
  PngReader reader;
  png_image& png = reader.image;
  const auto damaged = [&] {
    return refuse(ErrorKind::malformed, std::string(name),
                  fmt::format("the PNG is damaged ({}): export it anew", png.message));
  };
  if (png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()) == 0) return damaged();
  if (auto large = too_large(png.width, png.height, name)) return tl::unexpected(*large);

  png.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;  // as tools write them; libpng would guess linear light
  const bool colored = (png.format & PNG_FORMAT_FLAG_COLOR) != 0;
  png.format = colored ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  std::string samples(PNG_IMAGE_SIZE(png), '\0');
  constexpr png_color paper = {255, 255, 255};
  if (png_image_finish_read(&png, &paper, samples.data(), 0, nullptr) == 0) return damaged();
  return packed(static_cast<int>(png.width), static_cast<int>(png.height),
                colored ? Image::Colors::rgb : Image::Colors::gray, samples);
}

/// Whether the frame is coded as PDF readers can decode it: baseline, extended or progressive
/// Huffman, not arithmetic. libjpeg reads more.
bool has_common_coding(std::string_view jpeg) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(jpeg[at]); };
  for (std::size_t at = 2; at + 4 <= jpeg.size();) {
    if (byte(at) != 0xFF) return false;
    const unsigned marker = byte(at + 1);
    if (marker >= 0xC0 && marker <= 0xC2) return true;
    const bool frame = marker >= 0xC3 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8;
    if (frame || marker == 0xDA) return false;
    at += marker == 0xFF ? 1 : 2 + (byte(at + 2) << 8 | byte(at + 3));
  }
  return false;
}

struct JpegCloser {
  void operator()(void* handle) const { tjDestroy(handle); }
};

Result<Image> read_jpeg(std::string_view bytes, std::string_view name) {
  const auto unsupported = [&](std::string_view what) {
    return refuse(ErrorKind::unsupported, std::string(name), std::string(what));
  };
  const std::unique_ptr<std::remove_pointer_t<tjhandle>, JpegCloser> decoder(tjInitDecompress());
  if (!decoder) throw std::bad_alloc();
  const auto damaged = [&] {
    return refuse(
        ErrorKind::malformed, std::string(name),
        fmt::format("the JPEG is damaged ({}): export it anew", tjGetErrorStr2(decoder.get())));
  };
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  int width = 0, height = 0, sampling = 0, space = 0;
  if (tjDecompressHeader3(decoder.get(), data, bytes.size(), &width, &height, &sampling, &space))
    return damaged();
  if (auto large = too_large(width, height, name)) return tl::unexpected(*large);
  if (space == TJCS_CMYK || space == TJCS_YCCK)
    return unsupported("the JPEG has the inks of a press (CMYK): export it in RGB");
  if (!has_common_coding(bytes))
    return unsupported(
        "the JPEG is coded in a way that not every reader knows: export it anew as "
        "baseline or progressive JPEG");

  const bool gray = space == TJCS_GRAY;
  const auto colors = gray ? Image::Colors::gray : Image::Colors::rgb;
  const int format = gray ? TJPF_GRAY : TJPF_RGB;
  const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  std::vector<unsigned char> samples(pixels * static_cast<std::size_t>(tjPixelSize[format]));
  if (tjDecompress2(decoder.get(), data, bytes.size(), samples.data(), width, 0, height, format,
                    TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT))
    return damaged();
  // Some mark RGB in a way that PDF does not know
  if (space == TJCS_RGB)
    return packed(width, height, colors,
                  {reinterpret_cast<const char*>(samples.data()), samples.size()});
  return Image{width, height, colors, Image::Packing::dct, std::string(bytes)};
}
}  // namespace

Result<Image> read_image(std::string_view bytes, std::string_view name) {
  if (bytes.size() > most_image_bytes)
    return refuse(ErrorKind::unsupported, std::string(name),
                  fmt::format("the picture's file has {} kB; {} at most are read, because every "
                              "report carries it: scale it down",
                              bytes.size() / 1024, most_image_bytes / 1024));
  if (bytes.starts_with(png_signature)) return read_png(bytes, name);
  if (bytes.starts_with(jpeg_signature)) return read_jpeg(bytes, name);
  return refuse(ErrorKind::unsupported, std::string(name),
                bytes.empty() ? "the file is empty: give a PNG or a JPEG"
                              : "neither a PNG nor a JPEG: export the picture as PNG");
}
}  // namespace legwork::report
