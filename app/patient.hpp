#pragma once

#include "app/exit.hpp"
#include "base/date.hpp"
#include "base/result.hpp"
#include "causes/assessment.hpp"
#include "causes/pack.hpp"
#include "fhir/chart.hpp"
#include "press/io.hpp"

#include <optional>
#include <string>
#include <string_view>
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
  std::string codes;               ///< a site's own codes (docs/site-codes.md); "" for none
  std::string unmapped;            ///< where to list the codes that could not be placed; "" for no
  Day as_of;
  std::optional<DateSpan> onset;
  bool keep_files = false;  ///< what was read is needed again
};

/// Puts these options on a command. They must outlive the parsing.
void add_patient_options(CLI::App& command, PatientOptions& options);

/// Puts --as-of on a command: a day, by default the one it is where the program runs.
void add_as_of(CLI::App& command, Day& as_of,
               const std::string& purpose = "the day to judge the chart on");

/// An error of the reader as it is told: what is wrong, then what to do, where it does not say so.
Error with_remedy(Error error);
/// What the reader could not use as it was sent.
std::vector<fhir::Note> rejected(const fhir::Chart& chart);

/// Why nothing may be written there: it is read. "" where it may.
std::string_view why_not_written(const std::string& output, const PatientOptions& options);

/// One patient's chart, and the pack that it was read for.
struct PatientRecord {
  causes::Pack pack;
  fhir::Chart chart;
  Exit exit = Exit::done;  ///< in_part where some input was rejected; it has been listed
  std::vector<press::File> files = {};  ///< the chart as it was read, where that is to be kept
};

/// Reads the pack and the chart.
tl::expected<PatientRecord, std::vector<Error>> read_patient(const std::string& data,
                                                             const PatientOptions& options);

struct Assessed {
  causes::Pack pack;
  causes::Assessment assessment;
  Exit exit = Exit::done;  ///< in_part where some input was rejected; it has been listed
  std::vector<press::File> files = {};  ///< the chart as it was read, where that is to be kept
};

/// Reads the chart, holds it against the pack, and lists what could not be placed if that is asked.
tl::expected<Assessed, std::vector<Error>> assess_patient(const std::string& data,
                                                          const PatientOptions& options);
}  // namespace legwork::app
