#pragma once

#include "base/result.hpp"
#include "report/hyphenation.hpp"
#include "report/text.hpp"

#include <memory>
#include <string>

namespace legwork::press {
/// The fonts, as Debian's packages install them, mapped into memory: a report reads only what it
/// uses of them. Without the fallback fonts a report is still made, and says how many characters it
/// could not print.
///
/// Errors: missing, unavailable  a font of the family is not there, or cannot be read
///         as report::load_fonts
Result<std::shared_ptr<const report::Fonts>> load_fonts();

/// Where words of a language (BCP 47) may be divided, from Debian's hyphen-* packages; null where
/// none is installed: then words stay whole.
std::shared_ptr<const report::Hyphenation> load_hyphenation(const std::string& language);
}  // namespace legwork::press
