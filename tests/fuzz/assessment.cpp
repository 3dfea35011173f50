// Any text as an earlier assessment. One that is taken must tell what changed since.
#include "causes/read_assessment.hpp"
#include "causes/since.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace legwork;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto earlier = causes::read_assessment(text, "a.json");
  if (!earlier) return 0;
  causes::Assessment now;
  now.as_of = earlier->as_of;
  now.patient = earlier->patient;
  (void)causes::since(*earlier, now, "a.json");
  return 0;
}
