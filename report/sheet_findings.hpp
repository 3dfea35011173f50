#pragma once

#include "report/sheet.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace legwork::report {
/// What is told of the causes and red flags; of no use outside the making of a sheet.
struct ToldFindings {
  std::string findings, outlook;  ///< the message
  std::vector<Sheet::Card> cards;
  std::vector<std::string> asks;
  bool urgent = false;         ///< a red flag is present or possible, or a test cannot wait
  bool findings_told = false;  ///< no banner keeps them back
};

/// A few words that no line break may part: "7 weeks".
std::string unbroken(std::string_view words);

ToldFindings told_findings(const causes::Assessment& assessment, const causes::PatientWords& words,
                           const Template& form);

/// The drug in use that is one for these causes, of the most important of them; one that began
/// before the onset goes first.
const causes::MedicationLine* drug_of(const causes::Assessment& assessment,
                                      const std::vector<std::string>& causes);
}  // namespace legwork::report
