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
  std::string ward;    ///< "" where it is not known, or nobody asked
  std::string causes;  ///< labels of those supported, then of those possible
  std::string onset;   ///< of the complaint; may be ""
  std::string workup;  ///< labels of what is recommended
  std::string report;  ///< name of the report's file, without folder and ending
  std::size_t open_questions = 0;
};

WorklistRow worklist_row(const causes::Assessment& assessment, std::string report);

/// A row on one line, and back. Lines sort, byte by byte, as patients are to be seen: red flags
/// first, then by urgency, then by name. So a million rows are put in order where they stand.
std::string to_line(const WorklistRow& row);
WorklistRow row_of_line(std::string_view line);

/// 0 for "emergency", then what can wait longer; what has no urgency last.
std::size_t urgency_rank(const std::string& urgency);

/// The columns' headings, and a row, as a line of CSV (RFC 4180).
std::string csv_headings();
std::string csv_line(const WorklistRow& row);
}  // namespace legwork::batch
