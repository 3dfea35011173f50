// Any text as a chart in XML. What does not begin like XML is made to.
#include "fhir/read.hpp"
#include "tests/fhir/small_vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace legwork::fhir;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  if (!text.starts_with('<')) text = "<Bundle><entry><resource>" + text;
  const Input input{"chart.xml", text};
  const auto chart = read_chart({&input, 1}, sample::vocabulary());
  if (!chart) {
    if (chart.error().where.empty() || chart.error().what.empty()) std::abort();
    return 0;
  }
  if (chart->resources_used + chart->resources_unreadable > chart->resources_read) std::abort();
  const auto again = read_chart({&input, 1}, sample::vocabulary());
  if (!again || *again != *chart) std::abort();
  return 0;
}
