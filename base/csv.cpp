#include "base/csv.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <utility>

namespace legwork {
namespace {
/// What a value must not begin with in a file that a spreadsheet opens.
constexpr std::string_view risky = "=+-@#'\t\r";

bool begins_risky(std::string_view value) {
  return !value.empty() && risky.find(value[0]) != risky.npos;
}

/// A text that is taken apart from its beginning, and the line that it has come to.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Csv read() && {
    while (!rest_.empty()) {
      if (rest_[0] == '#') {
        skip_line();
      } else if (at_line_end()) {
        take_line_end();
      } else {
        read_row();
      }
    }
    return std::move(csv_);
  }

 private:
  bool at_line_end() const { return rest_.empty() || rest_[0] == '\n' || rest_[0] == '\r'; }

  void take_line_end() {
    if (rest_.empty()) return;
    rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
    ++line_;
  }

  void skip_line() {
    rest_.remove_prefix(std::min(rest_.find_first_of("\r\n"), rest_.size()));
    take_line_end();
  }

  void fault(std::size_t line, std::string what) { csv_.faults.push_back({line, std::move(what)}); }

  void read_row() {
    CsvRow row{line_, {}};
    for (;;) {
      std::string value;
      if (!(rest_.starts_with('"') ? read_quoted(value) : read_plain(value))) return skip_line();
      if (value.starts_with('\'') && begins_risky(std::string_view(value).substr(1))) {
        value.erase(0, 1);
      }
      row.fields.push_back(std::move(value));
      if (at_line_end()) break;
      rest_.remove_prefix(1);  // the comma
    }
    take_line_end();
    const bool readable =
        std::all_of(row.fields.begin(), row.fields.end(), [](const auto& f) { return is_utf8(f); });
    if (readable) {
      csv_.rows.push_back(std::move(row));
    } else {
      fault(row.line, "holds bytes that are not UTF-8; save the file as UTF-8");
    }
  }

  bool read_plain(std::string& value) {
    const std::size_t end = std::min(rest_.find_first_of(",\r\n\""), rest_.size());
    value = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (!rest_.starts_with('"')) return true;
    fault(line_, "a quote stands inside a value; put the value in quotes and double the quote");
    return false;
  }

  bool read_quoted(std::string& value) {
    const std::size_t opened = line_;
    rest_.remove_prefix(1);
    for (;;) {
      const std::size_t stop = rest_.find_first_of("\"\r\n");
      if (stop == rest_.npos) {
        rest_ = {};
        fault(opened, "a quote is opened and never closed; close it, or delete it");
        return false;
      }
      value += rest_.substr(0, stop);
      rest_.remove_prefix(stop);
      if (rest_[0] != '"') {
        value += '\n';
        take_line_end();
        continue;
      }
      rest_.remove_prefix(1);
      if (!rest_.starts_with('"')) break;
      value += '"';
      rest_.remove_prefix(1);
    }
    if (at_line_end() || rest_[0] == ',') return true;
    fault(opened, "text follows a closing quote; double the quotes inside the value");
    return false;
  }

  std::string_view rest_;
  std::size_t line_ = 1;
  Csv csv_;
};
}  // namespace

Csv read_csv(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return Reader(text).read();
}

std::string csv_value(std::string_view value) {
  std::string written;
  if (begins_risky(value)) written += '\'';
  written += value;
  if (written.find_first_of(",\"\r\n") == written.npos) return written;
  for (auto at = written.find('"'); at != written.npos; at = written.find('"', at + 2)) {
    written.insert(at, 1, '"');
  }
  return '"' + written + '"';
}
}  // namespace legwork
