#pragma once

#include "app/exit.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "fhir/chart.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::app {
/// One line on standard error, made printable: "legwork: chart.json: no Patient in it. …"
void tell(std::string_view where, std::string_view what);

/// The same for errors, and the exit code for them.
Exit tell(const Error& error);
Exit tell(const std::vector<Error>& errors);

/// Lists what of the input was rejected, by reference and reason.
void tell_rejected(std::span<const fhir::Note> notes);
}  // namespace legwork::app
