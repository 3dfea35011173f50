// Any text as a Bulk Data manifest of two pages, and as an OperationOutcome. One that is taken has
// names that are no paths, no two alike, and makes a manifest for the folder that can be read again
// and names the same files; no code of an issue could hold a name.
#include "bulk/answer.hpp"
#include "bulk/manifest.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

using namespace legwork;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const auto& code : bulk::issue_codes(text))
    if (code.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") != code.npos) std::abort();
  (void)bulk::next_page(text);
  const press::Address job{"https", "ehr.example.org", "443", "/job/1", ""};
  const std::vector<std::string> pages{text, text};
  const auto manifest = bulk::read_manifest(pages, job, press::PlainHttp::never);
  if (!manifest) {
    if (manifest.error().what.empty()) std::abort();
    return 0;
  }
  std::set<std::string> names;
  for (const auto& file : manifest->files) {
    if (file.name.find('/') != file.name.npos || !file.name.ends_with(".ndjson")) std::abort();
    if (!names.insert(file.name).second) std::abort();
    if (file.address.scheme != "https") std::abort();
  }
  const std::vector<std::string> folder{bulk::folder_manifest(pages, *manifest, {}, {})};
  const auto again = bulk::read_manifest(folder, job, press::PlainHttp::never);
  if (!again || again->files.size() != manifest->files.size()) std::abort();
  return 0;
}
