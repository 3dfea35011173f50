#pragma once

#include "base/result.hpp"
#include "bulk/outside.hpp"
#include "bulk/progress.hpp"
#include "bulk/request.hpp"
#include "bulk/tokens.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace legwork::bulk {
enum class Begin : unsigned char { anew, go_on };

struct Options {
  press::Address base;
  press::PlainHttp plain = press::PlainHttp::to_loopback;
  Request request;
  std::optional<Credentials> credentials;  ///< none: the server is open
  std::string out;
  Begin begin = Begin::anew;
  unsigned jobs = 4;                     ///< files at a time
  std::chrono::seconds timeout{86'400};  ///< for the server to have the export ready
};

/// What came of a download.
struct Summary {
  std::string transaction_time;
  std::size_t files = 0;
  std::vector<std::string> miscounted;  ///< files with another number of lines than the server says
  std::vector<std::string> errors;      ///< files in which the server tells of an error
  std::optional<Error> left_over;       ///< why the server could not be told that the job is over
};

/// Asks for an export, waits for it, and fetches it into the folder, so that there is what
/// `legwork batch` reads: the files and manifest.json. The folder holds them all or none, but for
/// the moment in which they are put there. At the end the server is told that the job is over.
///
/// Errors: malformed, unsupported, missing  this can never work
///         unavailable                      it may work another time, with Begin::go_on
/// Source: https://hl7.org/fhir/uv/bulkdata/STU2/export.html
Result<Summary> fetch_export(const Options& options, const Outside& outside, Progress& progress);

/// Ends the export that was begun in the folder, at the server and here.
/// Errors: missing      none was begun there
///         unavailable  the server does not take it
Result<void> cancel_export(const Options& options, const Outside& outside);

/// What a folder that is finished holds. Errors: as press::read_file; malformed  no manifest
Result<Summary> summary_of(const std::string& folder);
}  // namespace legwork::bulk
