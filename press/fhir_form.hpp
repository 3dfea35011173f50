#pragma once

#include "causes/assessment.hpp"
#include "press/io.hpp"
#include "report/document.hpp"

#include <string>
#include <vector>

namespace legwork::press {
/// A report as a FHIR document, with its PDF in it. `charts` are the files that were assessed.
std::string to_fhir(const causes::Assessment& assessment, const report::Document& document,
                    std::string pdf, const std::vector<File>& charts);
}  // namespace legwork::press
