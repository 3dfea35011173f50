#pragma once

#include "causes/evaluate.hpp"

#include <vector>

namespace legwork::causes {
/// The analytes on file that the report shows, in the pack's order.
std::vector<LabSeries> lab_series(const Facts& facts);

/// What the recommended blood tests would measure and the chart has no usable value of.
std::vector<std::string> labs_not_on_file(const Facts& facts,
                                          const std::vector<WorkupItem>& workup);

/// The drugs of the pack on the list: those in use first, then the latest start first.
std::vector<MedicationLine> medication_lines(const Facts& facts,
                                             const std::vector<CauseFinding>& causes);
}  // namespace legwork::causes
