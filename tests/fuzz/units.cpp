// Any text as a unit, and as both sides of a conversion: two lines of input.
#include "causes/units.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace legwork::causes;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto line_end = text.find('\n');
  const auto from = text.substr(0, line_end);
  const auto to = line_end == text.npos ? from : text.substr(line_end + 1);

  const auto result = convert(1.5, from, to, {100.0});
  if (result && !(is_unit(from) && is_unit(to) && std::isfinite(*result))) std::abort();
  if (from == to && result && *result != 1.5) std::abort();
  return 0;
}
