#pragma once

#include "report/text.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace legwork::report {
std::string file_bytes(const std::string& path);

/// Inter, and Noto for the scripts that the tests write in, from Debian's packages.
FontFiles font_files();

/// The bytes of a table of a font, which stay the font's.
std::string_view table_of(const std::string& font, std::string_view tag);

/// font_files(), loaded once.
std::shared_ptr<const Fonts> fonts_for_every_script();
}  // namespace legwork::report
