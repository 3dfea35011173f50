#pragma once

#include "base/result.hpp"
#include "batch/gather.hpp"
#include "batch/record_sink.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace legwork::batch {
/// What was read, and whether the server delivered everything.
struct Mapped {
  LineCounts lines;
  bool is_partial = false;
};

/// How a whole export is read.
struct ExportOptions {
  std::string folder;
  std::size_t jobs = 1;
  std::string temporary;  ///< a folder for identifiers that memory does not hold
};

/// Writes what charts need of an export as lines of records, by the rules of `run`. Who is named by
/// an identifier has been found.
///
/// Errors: as run
Result<Mapped> write_records(const ExportOptions& options, const fhir::Vocabulary& vocabulary,
                             RecordSink& to);

/// A file, or a part of one, whose bytes are on standard input.
struct PipedFile {
  std::string name;          ///< within the export
  std::uint64_t at = 0;      ///< where in the file the first byte stands
  bool is_unpacked = false;  ///< who sends it has unpacked it already
  Holds holds = Holds::resources;
  std::string deleted;  ///< a file of records under keys::deleted, of all deletions; may be ""
};

/// The same of one file. Who is named by an identifier stands under that until all files are
/// known: resolve_identifiers finds them.
///
/// Errors: unsupported  no file of an export is called so
///         otherwise as write_records
Result<Mapped> write_records(const PipedFile& file, const fhir::Vocabulary& vocabulary,
                             RecordSink& to);

/// What is to be done with each file of an export, for those who list and read files themselves, as
/// JSON: for each its name, what it holds, and whether it is read by lines; and the records that
/// come from the manifest itself. `folder`: holds the export's manifest.json, if it has one.
///
/// Errors: missing      none of these names is a file of an export
///         malformed, unavailable  as read_export_manifest
Result<std::string> plan_records(std::span<const std::string> names, const std::string& folder);

/// Brings records that name their patient by an identifier to that patient. Reads sorted lines of
/// records from a pipe and hands all others on as they are; what it writes is to be sorted again.
///
/// Errors: unsupported  the lines are not sorted
///         unavailable  the pipe cannot be read or ends too early, or what is written not be
Result<LineCounts> resolve_identifiers(int pipe, const WriteLines& write);
}  // namespace legwork::batch
