#pragma once

#include "base/result.hpp"

#include <span>
#include <string>

namespace legwork::batch {
/// One report among those that are bound together.
struct Sheaf {
  std::string pdf;    ///< as legwork makes it
  std::string title;  ///< of its bookmark
};

/// What the file as a whole says of itself.
struct Binding {
  std::string title;
  std::string language;  ///< "en"
  std::string author;    ///< "legwork 0.1.0"
  std::string created;   ///< "2026-11-22T00:00:00Z"
};

/// Binds finished reports into one PDF, to be printed: a bookmark for each over its own ones, pages
/// labelled "3-1" for the first of the third, and each on paper of its own, be it printed on one
/// side or on both. Fonts that several have stand there once. It is tagged as they are, and claims
/// the same: PDF/A-1a, PDF/UA-1. The same reports give the same bytes.
///
/// Errors: malformed  what should be a report is none; `where` is which, counted from 1
Result<std::string> bind_reports(std::span<const Sheaf> sheaves, const Binding& binding);
}  // namespace legwork::batch
