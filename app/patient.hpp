#pragma once

#include "app/exit.hpp"
#include "base/date.hpp"
#include "base/result.hpp"
#include "causes/assessment.hpp"
#include "causes/pack.hpp"
#include "fhir/chart.hpp"

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace legwork::app {
/// What `report` and `assess` are both told about one patient.
struct PatientOptions {
  std::vector<std::string> chart;  ///< files, folders, "-"
  std::string answers;             ///< a QuestionnaireResponse to add; "" for none
  std::string pack;                ///< folder; "" for the one that legwork brings along
  Day as_of;
  std::optional<DateSpan> onset;
};

/// Puts these options on a command. They must outlive the parsing.
void add_patient_options(CLI::App& command, PatientOptions& options);

/// One patient's chart, and the pack that it was read for.
struct PatientRecord {
  causes::Pack pack;
  fhir::Chart chart;
  Exit exit = Exit::done;  ///< in_part where some input was rejected; it has been listed
};

/// Reads the pack and the chart.
tl::expected<PatientRecord, std::vector<Error>> read_patient(const std::string& data,
                                                             const PatientOptions& options);

struct Assessed {
  causes::Assessment assessment;
  Exit exit = Exit::done;  ///< in_part where some input was rejected; it has been listed
};

/// Reads the chart and holds it against the pack.
tl::expected<Assessed, std::vector<Error>> assess_patient(const std::string& data,
                                                          const PatientOptions& options);
}  // namespace legwork::app
