#pragma once

#include "base/result.hpp"
#include "report/made_from.hpp"
#include "report/page.hpp"

#include <memory>
#include <string>

namespace legwork::report {
/// What does not depend on the pages.
struct PdfOptions {
  std::string author;       ///< of the document's information
  std::string created;      ///< "2026-11-22T00:00:00Z": never the clock, or bytes would differ
  std::string identifier;   ///< digest of the input: becomes the file's /ID
  MadeFrom made_from = {};  ///< stands in the file and is sealed; the digests of fonts and words
                            ///< are filled in by whoever writes it
};

/// Draws pages as a tagged PDF/A-1 file: fonts subset and embedded, XMP, sRGB output intent,
/// structure tree, outline, links. Keeps subsets across documents; one for each thread. The same
/// pages and options give the same bytes.
class PdfWriter {
 public:
  explicit PdfWriter(std::shared_ptr<const Fonts> fonts);
  ~PdfWriter();
  PdfWriter(PdfWriter&&) noexcept;
  PdfWriter& operator=(PdfWriter&&) noexcept;

  /// Errors: malformed    a font turns out to be damaged where it is cut
  ///         unavailable  out of memory, or a limit of libharu was met (a page side is 3 to 14,400
  ///         pt)
  Result<std::string> write(const Pages& pages, const PdfOptions& options);

 private:
  struct State;
  std::unique_ptr<State> state_;
};
}  // namespace legwork::report
