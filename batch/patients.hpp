#pragma once

#include "base/result.hpp"
#include "batch/earlier.hpp"
#include "batch/medications.hpp"
#include "batch/shelves.hpp"
#include "batch/wards.hpp"
#include "causes/assess.hpp"
#include "causes/pack.hpp"
#include "press/printers.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::batch {
/// Whose reports are made.
enum class Who : std::uint8_t { symptomatic, all };

/// What each patient's report is made with. Shared by all threads.
struct Making {
  const causes::Pack& pack;
  press::Printers& printers;
  causes::AssessOptions assess;
  Who who = Who::symptomatic;
  std::string layout = "clinician";
  std::string key;  ///< secret that file names are made with
  /// The server said that it could not deliver everything: each page says so, too.
  bool is_partial = false;
  const Earlier* earlier = nullptr;  ///< only who changed since is reported, with what changed
  const Wards* wards = nullptr;      ///< who lies where, to print ward by ward
};

enum class Fate : std::uint8_t { reported, not_symptomatic, rejected, unchanged };

/// What came of one patient.
struct PatientResult {
  Fate fate = Fate::rejected;
  std::string name;        ///< of the report's file, without folder and ending
  std::string pdf;         ///< "" but where reported
  std::string assessment;  ///< JSON, one line; "" where not symptomatic or rejected
  std::string row;         ///< of the worklist: JSON, one line; "" but where reported
  std::string document;    ///< the report as a DocumentReference, on a line
  std::string orders;      ///< the work-up as ServiceRequests, a line each; may be ""
  std::string why;         ///< of a rejected patient: one lower-case clause
};

/// "3f9a…": a keyed digest of a patient's reference, so that file names tell nobody who it is.
std::string report_name(const std::string& key, std::string_view patient);

/// Assesses one patient's records and makes the report.
PatientResult make_patient(std::span<const Record> records, const Medications& medications,
                           const Making& making);
}  // namespace legwork::batch
