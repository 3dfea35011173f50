#pragma once

#include "base/result.hpp"
#include "batch/input.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace legwork::batch {
/// What the server said of an export, in the manifest.json beside its files.
struct ExportManifest {
  std::string transaction_time;          ///< as it was sent; ""
  std::vector<std::string> missing;      ///< files that it names and that are not there
  std::vector<std::string> error_files;  ///< names of files that say what could not be exported
  /// How many lines a file should have.
  struct Promise {
    std::size_t file = 0;  ///< index of the InputFile
    std::uint64_t lines = 0;
  };
  std::vector<Promise> promises;
};

/// Reads the manifest, if the folder has one, and marks the files whose lines are deletions or
/// errors. A file is told by the last part of its address; where not one of the outputs is found by
/// it the files have other names, and none is missing.
///
/// Errors: malformed    it is no JSON: nobody knows what was deleted
///         unsupported  the export tells only what changed: what it does not mention is not absent
///         unavailable  it cannot be read
/// Source: https://hl7.org/fhir/uv/bulkdata/export.html#response---complete-status
Result<ExportManifest> read_export_manifest(const std::string& folder,
                                            std::vector<InputFile>& files);
}  // namespace legwork::batch
