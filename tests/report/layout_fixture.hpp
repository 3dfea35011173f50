#pragma once

#include "report/layout.hpp"
#include "report/template.hpp"
#include "report/text.hpp"

#include <string>

namespace legwork::report {
/// The template that is shipped, as text and read.
std::string clinician_xml();
Template clinician_template(Paper paper = Paper::a4);

/// Inter with the Noto faces that the tests' names need, loaded once.
std::shared_ptr<const Fonts> test_fonts();

/// An assessment's pages, with the shipped template.
Pages pages_of(const causes::Assessment& assessment, Paper paper = Paper::a4,
               const causes::Since* since = nullptr);
}  // namespace legwork::report
