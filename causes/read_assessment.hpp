#pragma once

#include "base/result.hpp"
#include "causes/assessment.hpp"

#include <string>
#include <string_view>

namespace legwork::causes {
/// Reads what `to_json` wrote, as far as it takes to tell what changed since: the day, the patient,
/// the pack, and of each red flag, cause, question, item of work-up, medicine and result what it is
/// called and how it stood. Evidence and claims are not read. The patient's whole name is in
/// `name_text`. `name` stands in errors: "assessment.json".
///
/// Errors: malformed    not JSON, or not an assessment; `where` is name and place
///         unsupported  written by a newer legwork, in a form that this one does not know
/// `what` ends with the remedy. Cost: linear; unknown members are skipped.
legwork::Result<Assessment> read_assessment(std::string_view json, const std::string& name);
}  // namespace legwork::causes
