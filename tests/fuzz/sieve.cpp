// Any text through a sieve that has not met its codes and one that has: what they let pass is the
// same, on one line each, and is read as the same chart.
#include "fhir/sieve.hpp"
#include "fhir/read.hpp"
#include "tests/fhir/small_vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace legwork::fhir;

namespace {
struct Passed {
  std::string entries;  // of a Bundle
  std::string fault;
};

Passed sift(Sieve& sieve, const std::string& text, std::size_t size) {
  Passed passed;
  passed.fault =
      sieve.sift(std::string_view(text).substr(0, size), {"chart.json"}, [&](const Sifted& found) {
        if (found.json.find('\n') != found.json.npos) std::abort();
        if (found.json.empty() && found.complaint.empty()) std::abort();
        if (found.json.empty()) return;
        if (!passed.entries.empty()) passed.entries += ',';
        passed.entries.append(R"({"resource":)").append(found.json) += '}';
      });
  return passed;
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  text.resize(size + Sieve::padding());
  Sieve sieve(sample::vocabulary());
  const auto first = sift(sieve, text, size);
  const auto second = sift(sieve, text, size);
  if (first.entries != second.entries || first.fault != second.fault) std::abort();
  if (!first.fault.empty() || first.entries.empty()) return 0;
  const auto bundle = R"({"resourceType":"Bundle","entry":[)" + first.entries + "]}";
  const Input input{"sifted.json", bundle};
  const auto chart = read_chart({&input, 1}, sample::vocabulary());
  if (!chart && chart.error().kind == legwork::ErrorKind::malformed) std::abort();
  return 0;
}
