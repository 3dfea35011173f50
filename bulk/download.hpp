#pragma once

#include "base/result.hpp"
#include "bulk/folder.hpp"
#include "bulk/manifest.hpp"
#include "bulk/outside.hpp"
#include "bulk/progress.hpp"
#include "bulk/tokens.hpp"

#include <chrono>
#include <functional>

namespace legwork::bulk {
/// How a file's address is had at the moment: those of some servers expire.
struct AddressBook {
  std::function<ExportFile()> now;
  /// The address of this one leads nowhere any more: reads the manifest anew.
  std::function<Result<void>(const ExportFile& stale)> renew;
};

/// All that a download needs beside the file.
struct Downloading {
  const Folder& folder;
  const press::Address& base;  ///< of the FHIR server
  press::PlainHttp plain;
  Tokens& tokens;
  const Outside& outside;
  Progress& progress;
  std::chrono::seconds patience;  ///< with a server that only ever tells to wait
};

/// Fetches one file into the folder, however often its server breaks off, and goes on from there
/// where the server lets it. A file with another number of lines than the manifest says, or whose
/// end is torn, is fetched twice. Where the number remains another, it is written down beside it.
///
/// The token goes with the request where the manifest says so, and where the manifest says nothing
/// to the FHIR server alone.
///
/// Errors: unavailable  the server does not send it now; the disk; told to stop
///         unsupported  no token of this client is taken
///         and those of AddressBook::renew
Result<void> download(const AddressBook& book, const Downloading& with);
}  // namespace legwork::bulk
