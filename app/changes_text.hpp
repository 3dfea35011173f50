#pragma once

#include "causes/since.hpp"

#include <string>

namespace legwork::app {
/// What changed since an earlier assessment, as a person reads it in a terminal: one line each, red
/// flags first. What comes from the chart passes through `printable`.
std::string to_text(const causes::Since& since);
}  // namespace legwork::app
