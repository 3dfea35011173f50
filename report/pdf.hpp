#pragma once

#include "base/result.hpp"
#include "report/made_from.hpp"
#include "report/page.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace legwork::report {
/// What a file is made for. All are PDF/UA-1 too.
enum class Profile : std::uint8_t {
  archive,       ///< PDF/A-1a: kept as it is, by the simplest of readers
  archive_data,  ///< PDF/A-3a: likewise, and may carry other files along
  form,          ///< PDF/A-1a whose boxes can be ticked
};

/// A file inside the file.
struct Attachment {
  /// What it is to the pages (ISO 19005-3, annex E).
  enum class Relationship : std::uint8_t { source, data, alternative, supplement, unspecified };

  std::string name;  ///< "assessment.json"
  std::string mime;  ///< "application/json"
  std::string description;
  Relationship relationship = Relationship::unspecified;
  std::string bytes;
};

/// What does not depend on the pages.
struct PdfOptions {
  std::string author;      ///< of the document's information
  std::string created;     ///< "2026-11-22T00:00:00Z": never the clock, or bytes would differ
  std::string identifier;  ///< digest of the input: becomes the file's /ID
  Profile profile = Profile::archive;
  std::vector<Attachment> attachments = {};  ///< their names differ; only in archive_data
  MadeFrom made_from = {};  ///< stands in the file and is sealed; the digests of fonts and words
                            ///< are filled in by whoever writes it
};

/// Draws pages as a tagged PDF/A file: fonts subset and embedded, XMP, sRGB output intent,
/// structure tree, outline, links, fields or attachments as the profile has them. Keeps subsets
/// across documents; one for each thread. The same pages and options give the same bytes.
class PdfWriter {
 public:
  explicit PdfWriter(std::shared_ptr<const Fonts> fonts);
  ~PdfWriter();
  PdfWriter(PdfWriter&&) noexcept;
  PdfWriter& operator=(PdfWriter&&) noexcept;

  /// Errors: malformed    a font turns out to be damaged where it is cut
  ///         unsupported  an attachment in a profile that has none
  ///         unavailable  out of memory, or a limit of libharu was met (a page side is 3 to 14,400
  ///         pt)
  Result<std::string> write(const Pages& pages, const PdfOptions& options);

 private:
  struct State;
  std::unique_ptr<State> state_;
};
}  // namespace legwork::report
