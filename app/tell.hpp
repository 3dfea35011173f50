#pragma once

#include "app/exit.hpp"
#include "base/result.hpp"
#include "fhir/chart.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::app {
/// The text with every control character (Unicode Cc) and malformed byte shown as U+FFFD: what a
/// file holds or is called must not steer the reader's terminal.
std::string printable(std::string_view text);

/// One line on standard error: "legwork: chart.json: no Patient in it. …"
void tell(std::string_view where, std::string_view what);

/// The same for errors, and the exit code for them.
Exit tell(const Error& error);
Exit tell(const std::vector<Error>& errors);

/// Lists what of the input was rejected, by reference and reason.
void tell_rejected(std::span<const fhir::Note> notes);
}  // namespace legwork::app
