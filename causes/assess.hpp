#pragma once

#include "causes/assessment.hpp"
#include "causes/pack.hpp"
#include "fhir/chart.hpp"

#include <optional>

namespace legwork::causes {
/// What the chart does not say. There is no default day: the core has no clock.
struct AssessOptions {
  Day as_of{};
  std::optional<DateSpan> onset;  ///< of the complaint; goes before what the chart says
};

/// Holds a chart against every cause of the pack. Same chart, pack and options: the same
/// assessment, whatever order the chart's entries came in. Cost: linear in the chart and in the
/// pack's criteria; bench/assess.cpp
Assessment assess(const fhir::Chart& chart, const Pack& pack, const AssessOptions& options);

/// The complaint's status alone, as `assess` would say: for who asks it of a whole population, of
/// whom few have the complaint.
ComplaintStatus complaint_status(const fhir::Chart& chart, const Pack& pack,
                                 const AssessOptions& options);
}  // namespace legwork::causes
