#include "report/attached.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace legwork::report {
namespace {
constexpr std::string_view mark = "/Type /EmbeddedFile";
constexpr std::size_t longest_dictionary = 4096;

/// From where the stream's bytes begin, to the end of the file.
std::string_view stream_after(std::string_view pdf, std::size_t at) {
  const auto dictionary = pdf.substr(at, longest_dictionary);
  const std::string_view word = "stream";
  const auto found = dictionary.find(word);
  if (found == dictionary.npos) return {};
  auto bytes = pdf.substr(at + found + word.size());
  if (bytes.starts_with("\r")) bytes.remove_prefix(1);
  if (!bytes.starts_with("\n")) return {};
  bytes.remove_prefix(1);
  return bytes;
}
}  // namespace

std::optional<std::string> attached_file(std::string_view pdf, std::size_t limit) {
  const auto at = pdf.find(mark);
  if (at == pdf.npos) return {};
  const auto bytes = stream_after(pdf, at);
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return {};
  // zlib's interface predates const; it does not write to its input
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), UINT_MAX));
  std::string text;
  std::array<char, 65536> part{};
  int state = Z_OK;
  while (state == Z_OK && text.size() <= limit) {
    stream.next_out = reinterpret_cast<Bytef*>(part.data());
    stream.avail_out = static_cast<uInt>(part.size());
    state = inflate(&stream, Z_NO_FLUSH);
    text.append(part.data(), part.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END || text.size() > limit) return {};
  return text;
}
}  // namespace legwork::report
