#pragma once

#include "causes/assessment.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace legwork::batch {
/// One patient of the worklist.
struct WorklistRow {
  std::string urgency;  ///< of the most urgent thing to do: "emergency" … "routine"; "" for none
  std::string red_flags;  ///< labels of those present or possible, "; " between
  std::string name, birth_date, sex, identifier;
  std::string causes;  ///< labels of those supported, then of those possible
  std::string onset;   ///< of the complaint; may be ""
  std::string workup;  ///< labels of what is recommended
  std::string report;  ///< name of the report's file, without folder and ending
  std::size_t open_questions = 0;
};

WorklistRow worklist_row(const causes::Assessment& assessment, std::string report);

/// A row on one line, and back.
std::string to_line(const WorklistRow& row);
WorklistRow row_of_line(std::string_view line);

/// 0 for "emergency", then what can wait longer; what has no urgency last.
std::size_t urgency_rank(const std::string& urgency);

/// Whether one is to be seen before the other: red flags first, then by urgency, then by name.
bool before(const WorklistRow& a, const WorklistRow& b);

/// The columns and rows as CSV (RFC 4180).
std::string worklist_csv(const std::vector<WorklistRow>& rows);
}  // namespace legwork::batch
