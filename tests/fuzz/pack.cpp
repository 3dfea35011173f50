// Any text as the files of a pack, one after another with a record separator between. A pack that
// is taken must hold against a chart without a fact in it.
#include "causes/pack.hpp"
#include "causes/assess.hpp"
#include "fhir/chart.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

using namespace legwork;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<causes::PackFile> files;
  while (!rest.empty()) {
    const auto end = rest.find('\x1e');
    files.push_back({"pack.xml", rest.substr(0, end)});
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  }

  const auto pack = causes::read_pack(files);
  if (!pack) {
    if (pack.error().empty()) std::abort();
    return 0;
  }
  const auto found = causes::assess({}, *pack, {.as_of = {}, .onset = {}});
  if (found.causes.size() != pack->causes.size()) std::abort();
  return 0;
}
