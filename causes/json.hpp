#pragma once

#include "causes/assessment.hpp"

#include <string>

namespace legwork::causes {
/// The assessment as JSON: the contract in docs/assessment.schema.json. UTF-8, one line, no
/// new line at the end; the same assessment gives the same bytes.
std::string to_json(const Assessment& assessment);

/// Grows when a program that reads the JSON must know: a key goes away or means another thing.
inline constexpr int assessment_schema_version = 1;

/// The patient's name as the contract has it: given names, then family name; else the whole text.
std::string full_name(const fhir::Patient& patient);

/// The words of the contract: "supported", "not-recorded", "same-day", "for".
std::string_view word(CauseStatus status);
std::string_view word(RedFlagStatus status);
std::string_view word(WorkupStatus status);
std::string_view word(Urgency urgency);
std::string_view word(ComplaintStatus status);
std::string_view word(Origin origin);
std::string_view word(Says says);
}  // namespace legwork::causes
