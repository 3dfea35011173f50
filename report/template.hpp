#pragma once

#include "base/result.hpp"
#include "report/page.hpp"
#include "report/template_wording.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::report {
enum class Paper { a4, letter };

/// What a document can be made of. `patient`, `red_flags` and `basis` cannot be left out.
enum class SectionId {
  patient,
  red_flags,
  stands_out,
  first_steps,
  causes,
  results,
  medications,
  questions,
  workup,
  notes,
  basis,
  sign_off,
};

/// Who sends the document.
struct Brand {
  std::string name, department, address;  ///< all but the name may be ""
  Color color;                            ///< of headings; at least 4.5 : 1 against the watermark
  Color signal;                           ///< of what must not be missed; likewise
};

/// How an assessment becomes pages: what a hospital may change. Checked when read.
struct Template {
  std::string language;  ///< BCP 47: "en"
  Paper paper = Paper::a4;
  Brand brand;
  std::array<std::vector<SectionId>, 2> pages;  ///< what stands on each, in order
  Wording wording;                              ///< holds every key of wording_keys()
};

/// Reads a template (XML, UTF-8). `name` stands in errors: "clinician.xml".
///
/// Errors: malformed    not XML, or an element, attribute, id, color or placeholder is not known
/// here
///         unsupported  a kind of document that legwork does not make
///         missing      a text, or a section that no document may be without
/// `where` is name and line; `what` ends with the remedy.
Result<Template> read_template(std::string_view xml, std::string name);

/// Contrast of two colors, 1 to 21.
/// Source: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
double contrast(Color a, Color b);
}  // namespace legwork::report
