#pragma once

#include "report/document.hpp"

#include <string>

namespace legwork::report {
/// A section without its heading as the narrative of a FHIR resource: one <div> of XHTML with
/// nothing in it but text, lists and tables. A figure stands as its sentence.
/// "" where there is nothing to say, since FHIR knows no empty narrative.
/// Source: https://hl7.org/fhir/R4/narrative.html#xhtml
std::string narrative(const Section& section, const std::string& language);

/// What stands over and under all sections: title, whose report it is, and that it is a draft.
std::string frame_narrative(const Document& document);
}  // namespace legwork::report
