#pragma once

#include "report/document.hpp"
#include "report/page.hpp"
#include "report/text.hpp"

namespace legwork::report {
/// Sets a document on at most two pages: nothing overlaps, nothing leaves the margins, whatever the
/// document holds. Lists that are longer than their room end early and say how much they leave out.
///
/// Every text is measured once. Cannot fail; characters that no font has stand in Pages::warnings.
/// Cost: bench/lay_out.cpp
Pages lay_out(const Document& document, Typesetter& typesetter);
}  // namespace legwork::report
