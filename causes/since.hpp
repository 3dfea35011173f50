#pragma once

#include "base/result.hpp"
#include "causes/compare.hpp"

#include <string>
#include <vector>

namespace legwork::causes {
/// A result on file now that an earlier assessment did not have.
struct NewResult {
  std::string id, label, unit;
  LabSeries::Point latest;
  friend bool operator==(const NewResult&, const NewResult&) = default;
};

/// A drug that came into use, or went out of it.
struct MedicationChange {
  enum class Course { started, stopped, no_longer_listed };
  std::string name;
  Course course = Course::started;
  friend bool operator==(const MedicationChange&, const MedicationChange&) = default;
};

/// What changed for one patient since an earlier assessment.
struct Since {
  Day as_of{};                                ///< of the earlier one
  std::string pack_id, pack_version;          ///< of the earlier one
  bool same_rules = true;                     ///< both by one version of one pack
  Difference difference;                      ///< in the order of importance of the later one
  std::vector<NewResult> results;             ///< in the order of the table of results
  std::vector<MedicationChange> medications;  ///< in the order of the later list

  bool nothing_changed() const;
};

/// Tells what changed. Refuses to tell it of two patients: reference, name and birth date must all
/// agree, as far as either assessment has them.
/// Errors: unsupported  of another patient, or later than `now`; without patient data. `where` is
///                      the name that the caller gives the earlier one.
legwork::Result<Since> since(const Assessment& earlier, const Assessment& now,
                             const std::string& where);
}  // namespace legwork::causes
