#pragma once

#include "app/exit.hpp"
#include "base/result.hpp"
#include "batch/run.hpp"

#include <string>

namespace legwork::app {
/// Tells an error of a batch or one of its parts: can it never work, or is it worth trying again?
Exit exit_of_batch(const Error& error);

/// Says what came of a run, on standard output, and on the other what is missing. `input`: the
/// export, as the reader knows it.
Exit conclude(const batch::Counts& counts, const std::string& input, const std::string& out);
}  // namespace legwork::app
