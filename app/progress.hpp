#pragma once

#include "app/status_line.hpp"
#include "batch/gather.hpp"

namespace legwork::app {
/// How far a batch has come, for a StatusLine; with the time that is left.
StatusLine::Line batch_progress(const batch::Progress& progress);
}  // namespace legwork::app
