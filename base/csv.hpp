#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace legwork {
/// One row of a file of comma-separated values.
struct CsvRow {
  std::size_t line = 0;  ///< that it begins on, from 1
  std::vector<std::string> fields;
};

/// Why a row cannot be read, and what to do; without a word of the text.
struct CsvFault {
  std::size_t line = 0;
  std::string what;
};

struct Csv {
  std::vector<CsvRow> rows;      ///< those that can be read, in order
  std::vector<CsvFault> faults;  ///< of the others, in order
};

/// Reads comma-separated values: UTF-8 with or without a byte order mark, lines that end in any
/// way, values in double quotes where they need them. Empty lines and lines that begin with '#' are
/// no rows. A row that is wrong is left out; a quote that is never closed ends the file.
/// Source: RFC 4180
Csv read_csv(std::string_view text);

/// A value as it stands in such a file. Spreadsheets take what begins with one of =+-@ for a
/// formula, and we take '#' for a comment: such a value is given an apostrophe before it, which
/// read_csv takes away again.
std::string csv_value(std::string_view value);
}  // namespace legwork
