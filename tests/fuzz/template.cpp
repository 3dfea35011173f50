// Any text as a template. One that is taken must make a document of an assessment without a
// finding.
#include "report/template.hpp"

#include "report/document.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace legwork;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto layout = report::read_template(text, "template.xml"))
    (void)report::make_document({}, *layout);
  return 0;
}
