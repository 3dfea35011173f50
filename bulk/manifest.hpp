#pragma once

#include "base/result.hpp"
#include "press/address.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::bulk {
/// Whether a file is fetched with the token: requiresAccessToken of the page that names it.
enum class Access : unsigned char { open, with_token, unsaid };
enum class List : unsigned char { output, deleted, error };

/// One file that the manifest names.
struct ExportFile {
  List list;
  std::string name;        ///< ours: "Condition.0001.ndjson", by type and number in the manifest
  std::string url;         ///< the server's
  press::Address address;  ///< the same, read
  Access access;
  std::optional<std::uint64_t> count;  ///< of lines, as the server says

  /// Whether it is the same file with, perhaps, another address.
  bool is_same(const ExportFile& other) const { return name == other.name && count == other.count; }
};

struct Manifest {
  std::string transaction_time;  ///< as it was sent
  std::vector<ExportFile> files;
};

/// The address of the page that follows this one; "" where none does.
/// Errors: malformed  no JSON object
Result<std::string> next_page(std::string_view page);

/// Reads the manifest, all of its pages. Relative addresses are those of the first page's address,
/// `place`. Bulk Data 4's `outcome` is 2's `error`.
///
/// Errors: malformed    no JSON object, no transactionTime, or an entry without an address
///         unsupported  an address that is not https
/// Source: https://hl7.org/fhir/uv/bulkdata/STU2/export.html#response---complete-status
Result<Manifest> read_manifest(std::span<const std::string> pages, const press::Address& place,
                               press::PlainHttp plain);

/// The manifest for the folder: the pages made one, each `url` our file's name, and the server's,
/// without its query, which may be a key, as `serverUrl`. Where a file has another number of lines
/// than its `count`, that is its `lines`; `lines` goes by name. `since`, where it is not empty:
/// what was asked for is no whole charts.
std::string folder_manifest(std::span<const std::string> pages, const Manifest& manifest,
                            const std::map<std::string, std::uint64_t>& lines,
                            const std::string& since);
}  // namespace legwork::bulk
