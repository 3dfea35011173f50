#pragma once

#include "base/result.hpp"
#include "batch/patients.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace legwork::batch {
/// Where reports go: each to a file of its own, or all into one archive.
enum class Shelving : std::uint8_t { files, archive };

/// What one shelf gives: its reports, and its part of every file that all shelves share. On disk
/// when `close` says so; until then it is as if it had never been.
class Group {
 public:
  /// `out` is the run's folder.
  Group(std::string out, std::size_t shelf, Shelving shelving);

  /// Errors: unavailable  the system refuses
  Result<void> add(std::string_view patient, const PatientResult& result);
  Result<void> close();

 private:
  /// Text on its way to a file: what is in memory does not grow with the shelf.
  struct Part {
    std::string_view kind;
    std::string waiting = {};
    bool begun = false;
  };
  Result<void> add_report(const PatientResult& result);
  Result<void> write(Part& part);

  std::string out_;
  std::size_t shelf_;
  Shelving shelving_;
  enum Kind : std::uint8_t { assessments, rows, rejects, documents, orders, reports, entries };
  std::array<Part, 7> parts_ = {{{"assessments"},
                                 {"rows"},
                                 {"rejects"},
                                 {"documents"},
                                 {"orders"},
                                 {"reports"},
                                 {"entries"}}};
};
}  // namespace legwork::batch
