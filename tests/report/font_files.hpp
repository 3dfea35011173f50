#pragma once

#include "report/text.hpp"

#include <memory>

namespace legwork::report {
/// Inter, and Noto for the scripts that the tests write in, from Debian's packages.
FontFiles font_files();

/// Those, loaded once.
std::shared_ptr<const Fonts> fonts_for_every_script();
}  // namespace legwork::report
