#pragma once

#include "app/text.hpp"
#include "causes/explain.hpp"

#include <string>

namespace legwork::app {
/// An explanation as a tree for a terminal, 100 columns wide: each rule with its claim, each
/// criterion under it with a sign and a word for its answer, the chart's entries, and what would
/// tell. The same bytes for the same explanation and ink.
std::string to_text(const causes::Explained& explained, Ink ink);
}  // namespace legwork::app
