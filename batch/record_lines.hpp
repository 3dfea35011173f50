#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

// What stands between those who read an export and those who make its reports, on as many machines
// as there are: lines of text that any `sort` puts in order, as docs/worker.md describes them.
//
//     KEY <tab> FILE <tab> AT <tab> JSON          or          KEY <tab> JSON
//
// KEY is the patient's reference and JSON one entry of a Bundle. FILE and AT, where the entry was
// read, put a patient's entries into the order of the export. What everybody must know stands under
// keys that sort before all patients, what is only to be counted under keys that sort behind them.

namespace legwork::batch {
namespace keys {
inline constexpr std::string_view identifier = "Identifier/";    ///< "Identifier/system|value"
inline constexpr std::string_view medication = "Medication/";    ///< a drug that stands alone
inline constexpr std::string_view partial = "OperationOutcome";  ///< not everything was delivered
inline constexpr std::string_view patient = "Patient/";
inline constexpr std::string_view deleted = "deleted", exported = "export", lines = "lines",
                                  reject = "reject";
inline constexpr std::string_view end = "~end";  ///< sorts behind all others
}  // namespace keys

struct RecordLine {
  std::string key = {}, file = {};
  std::uint64_t at = 0;
  std::string_view json = {};
  std::string_view raw_key = {};  ///< as it stands there, escaped, by which lines are in order
};

/// A line's parts; nothing where it has no key or no JSON behind it. Whether that is sound is for
/// others to say.
std::optional<RecordLine> read_record_line(std::string_view text);

/// Puts a line behind others. `json` has no line breaks. Control characters and '%' in key and file
/// become %09.
void append_record_line(std::string& to, const RecordLine& line);

/// Lines of a pipe, one after the other, in memory that does not grow with them.
class PipeLines {
 public:
  struct Line {
    std::string_view text;  ///< until the next is read
    std::size_t number = 0;
    bool is_whole = true;  ///< or its first bytes, for it is longer than the limit
  };
  /// `handle` stays the caller's. `name`: as errors call it.
  PipeLines(int handle, std::string name, std::size_t limit);

  /// Nothing at the end. Errors: unavailable  the system refuses
  Result<std::optional<Line>> next();

 private:
  Result<bool> fill();

  int handle_;
  std::string name_;
  std::size_t limit_;
  std::string bytes_;
  std::size_t begin_ = 0, searched_ = 0, number_ = 0;
  bool skipping_ = false, at_end_ = false;
};

/// Sorted records from a pipe. That they are sorted shows that no patient comes twice, and that
/// keys::end is their last that nothing is missing behind them: half a chart is nobody's chart.
class SortedRecords {
 public:
  struct Line {
    std::optional<RecordLine> record;  ///< nothing: the line is none
    PipeLines::Line text;
  };
  SortedRecords(int handle, std::size_t limit) : lines_(handle, "standard input", limit) {}

  /// Nothing behind the last.
  /// Errors: unsupported  they are not sorted
  ///         unavailable  they end too early, or cannot be read
  Result<std::optional<Line>> next();

 private:
  PipeLines lines_;
  std::string last_;  // key, as it stood there
};

/// Where lines go that are made: standard output, as a rule.
using WriteLines = std::function<Result<void>(std::string_view)>;
}  // namespace legwork::batch
