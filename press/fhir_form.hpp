#pragma once

#include "causes/assessment.hpp"
#include "fhir/read.hpp"
#include "report/document.hpp"

#include <span>
#include <string>

namespace legwork::press {
/// A report as a FHIR document, with its PDF in it. `inputs` are what was assessed.
std::string to_fhir(const causes::Assessment& assessment, const report::Document& document,
                    std::string pdf, std::span<const fhir::Input> inputs);
}  // namespace legwork::press
