#pragma once

#include "app/status_line.hpp"
#include "bulk/progress.hpp"

#include <chrono>
#include <string>

namespace legwork::app {
/// How far a download has come, in one line. What the server says of itself is for whoever looks
/// on: it may hold anything, so a log has its number of percent at most.
std::string progress_line(const bulk::Progress& progress, std::chrono::duration<double> since,
                          Reader reader);
}  // namespace legwork::app
