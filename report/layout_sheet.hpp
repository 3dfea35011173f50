#pragma once

#include "report/page.hpp"
#include "report/sheet.hpp"
#include "report/text.hpp"

namespace legwork::report {
/// Sets a sheet on one page, whatever it holds: lists are cut from their end, texts to fewer lines,
/// never the name, the message, the help or the basis. No text is below 11.4 pt.
Pages lay_out(const Sheet& sheet, Typesetter& typesetter);
}  // namespace legwork::report
