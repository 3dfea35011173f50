#pragma once

#include "report/page.hpp"

namespace legwork::report {
/// Turns finished pages around for a language that reads from right to left: what began at the left
/// margin begins at the right one, and axes run the other way. Texts keep their glyphs in their
/// order, only their places change; structure and reading order stay.
void mirror(Pages& pages);
}  // namespace legwork::report
