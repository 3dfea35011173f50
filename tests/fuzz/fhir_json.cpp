// Any text as a chart in JSON. A chart that is taken adds up, and is the same when read again.
#include "fhir/read.hpp"
#include "tests/fhir/small_vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace legwork::fhir;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Input input{"chart.json", {reinterpret_cast<const char*>(data), size}};
  const auto chart = read_chart({&input, 1}, sample::vocabulary());
  if (!chart) {
    if (chart.error().where.empty() || chart.error().what.empty()) std::abort();
    return 0;
  }
  if (chart->resources_used + chart->resources_unreadable > chart->resources_read) std::abort();
  if (chart->medications.size() > chart->medication_entries) std::abort();
  const auto again = read_chart({&input, 1}, sample::vocabulary());
  if (!again || *again != *chart) std::abort();
  return 0;
}
