#pragma once

#include "base/result.hpp"
#include "batch/patients.hpp"
#include "batch/worklist_page.hpp"

#include <string>
#include <string_view>

namespace legwork::batch {
/// What one shelf gives: its reports, and its part of every file that all shelves share. On disk
/// when `close` says so; until then it is as if it had never been.
class Group {
 public:
  /// `out` is the run's folder.
  Group(std::string out, std::size_t shelf);

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
  Result<void> write(Part& part);

  std::string out_;
  std::size_t shelf_;
  Part assessments_{"assessments"}, rows_{"rows"}, rejects_{"rejects"}, documents_{"documents"},
      orders_{"orders"};
};

/// Makes the folders of a run, and takes away what was half done when one was killed.
Result<void> prepare_output(const std::string& out);

/// Puts the parts of all shelves together into the run's files. `gathered`: lines of rejects.ndjson
/// that stand before those of patients. Safe to do again.
Result<void> finish_output(const std::string& out, std::size_t shelves, const std::string& gathered,
                           const WorklistFrame& frame, const std::string& manifest);

/// Whether the run in that folder came to its end.
bool is_complete(const std::string& out);

/// Where what is needed only while a run goes on stands: shelves, parts, the journal.
std::string work_folder(const std::string& out);
std::string names_folder(const std::string& out);  ///< within it, for shelves of identifiers
std::string journal_path(const std::string& out);
}  // namespace legwork::batch
