// A picture for a letterhead: read or refused, and what was read is small enough to be drawn.
#include "report/image.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace legwork::report;
  const auto image = read_image({reinterpret_cast<const char*>(data), size}, "input");
  if (!image) return image.error().what.empty() ? std::abort(), 1 : 0;
  if (image->width < 1 || image->height < 1 || image->bytes.empty()) std::abort();
  return 0;
}
