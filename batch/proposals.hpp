#pragma once

#include "causes/assessment.hpp"

#include <string>
#include <string_view>

// What another system may import: NDJSON of resources with ids of their own, so that an import that
// is done again changes nothing.

namespace legwork::batch {
struct MadeReport {
  std::string name;  ///< of its file, without folder and ending
  std::string language;
  std::string_view pdf;
};

/// The report with its bytes as a DocumentReference, on one line.
std::string document_line(const causes::Assessment& assessment, const MadeReport& report);

/// The recommended work-up as ServiceRequests: proposals, a line each. `report`: the name of its
/// file, which the ids are made from.
std::string order_lines(const causes::Assessment& assessment, std::string_view report);
}  // namespace legwork::batch
