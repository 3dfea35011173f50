#pragma once

#include "report/made_from.hpp"

#include <string>
#include <vector>

namespace legwork::app {
/// What became of a report's file since it was written.
enum class Bytes { as_written, changed };

/// Why a report differs from what is made now, each reason a sentence with its remedy, the gravest
/// first. `then` is what the report says it was made from, `now` what the other was made from.
/// Never empty, and without patient data.
std::vector<std::string> differences(const report::MadeFrom& then, const report::MadeFrom& now,
                                     Bytes bytes);
}  // namespace legwork::app
