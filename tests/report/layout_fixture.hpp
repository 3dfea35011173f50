#pragma once

#include "report/layout.hpp"
#include "report/template.hpp"
#include "report/text.hpp"

#include <string>

namespace legwork::report {
/// The clinician's template that is shipped, as text and read.
std::string clinician_xml();
Template clinician_template(Paper paper = Paper::a4);

/// Inter with the Noto faces that the tests' names need, loaded once.
std::shared_ptr<const Fonts> test_fonts();

/// The shipped template of one page.
std::string compact_xml();
/// The shipped template with everything of its own that a hospital can add: header and footer
/// lines, sections with texts, lists, tables and figures.
std::string extended_xml();

/// An assessment's pages, with this template.
Pages pages_with(const std::string& xml, const causes::Assessment& assessment);
/// An assessment's pages, with the shipped template.
Pages pages_of(const causes::Assessment& assessment, Paper paper = Paper::a4,
               const causes::Since* since = nullptr);
}  // namespace legwork::report
