// Any bytes as a report that says what it was made from. Sealing must not change their number.
#include "report/made_from.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace legwork;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string pdf(reinterpret_cast<const char*>(data), size);
  (void)report::read_made_from(pdf, "r.pdf");
  (void)report::is_sealed(pdf);
  report::seal(pdf);
  if (pdf.size() != size) std::abort();
  return 0;
}
