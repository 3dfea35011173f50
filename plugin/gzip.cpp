#include "plugin/gzip.hpp"

#include "base/text.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <new>

namespace legwork::plugin {
namespace {
constexpr int gzip_window = 15 + 16;  // zlib's way to ask for gzip's header and checksum
constexpr int memory_level = 8;

Bytef* input_of(std::string_view bytes) {  // zlib's interface is older than const
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

uInt clamped(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

/// Whether "gzip;q=0.000" and the like say no.
bool has_weight_zero(std::string_view parameters) {
  const auto weight = parameters.find("q=");
  if (weight == std::string_view::npos) return false;
  const auto value = trim(parameters.substr(weight + 2));
  return !value.empty() && value.find_first_not_of("0.") == std::string_view::npos;
}
}  // namespace

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_window, memory_level,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  const std::unique_ptr<z_stream, decltype(&deflateEnd)> end(&stream, deflateEnd);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = input_of(bytes);
  stream.avail_in = clamped(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = clamped(packed.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw std::bad_alloc();
  packed.resize(stream.total_out);
  return packed;
}

tl::expected<std::string, UnpackError> gunzip(std::string_view bytes, std::size_t limit) {
  z_stream stream{};
  if (inflateInit2(&stream, gzip_window) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> end(&stream, inflateEnd);
  stream.next_in = input_of(bytes);
  stream.avail_in = clamped(bytes.size());
  constexpr std::size_t first_guess = 4;  // JSON shrinks to a quarter or less
  std::string unpacked(std::min(limit + 1, std::max<std::size_t>(first_guess * bytes.size(), 1)),
                       '\0');
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(unpacked.data() + stream.total_out);
    stream.avail_out = clamped(unpacked.size() - stream.total_out);
    const int state = inflate(&stream, Z_NO_FLUSH);
    if (stream.total_out > limit) return tl::unexpected(UnpackError::too_large);
    if (state == Z_STREAM_END) break;
    if (state != Z_OK || (stream.avail_in == 0 && stream.avail_out != 0))
      return tl::unexpected(UnpackError::damaged);
    if (stream.avail_out == 0) unpacked.resize(std::min(limit + 1, 2 * unpacked.size()));
  }
  if (stream.avail_in != 0) return tl::unexpected(UnpackError::damaged);
  unpacked.resize(stream.total_out);
  return unpacked;
}

bool accepts_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const auto item = accept_encoding.substr(0, accept_encoding.find(','));
    accept_encoding.remove_prefix(std::min(item.size() + 1, accept_encoding.size()));
    const auto semicolon = std::min(item.find(';'), item.size());
    const auto coding = trim(item.substr(0, semicolon));
    if (coding == "gzip" || coding == "x-gzip" || coding == "*")
      return !has_weight_zero(item.substr(semicolon));
  }
  return false;
}
}  // namespace legwork::plugin
