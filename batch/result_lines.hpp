#pragma once

#include "base/date.hpp"
#include "batch/patients.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

// What a worker writes: JSON, a line each, as docs/worker.md describes it. The first says how it
// was started, the last that nothing is missing; between them stands what came of each patient, and
// what `records` said of the export, handed on to who collects it.

namespace legwork::batch {
/// How a worker was started. Results of workers that differ in it are not of one run.
std::string started_line(const Making& making);

/// {"key":"Patient/p1","fate":"reported",…}; the PDF in base 64 where there is one.
std::string result_line(std::string_view key, const PatientResult& result);

/// {"reject":…}: what stood under that key, handed on.
std::string handed_on_line(std::string_view key, std::string_view json);

std::string ended_line(std::uint64_t records);

/// A line read back.
struct ResultLine {
  enum class Kind : std::uint8_t { started, patient, reject, lines, deleted, exported, ended };
  Kind kind = Kind::patient;
  std::string key;  ///< of a patient
  PatientResult result;
  std::string_view json;  ///< of the others: what stands under the kind
};

/// Reads lines one after the other; one for each thread.
class ResultReader {
 public:
  ResultReader();
  ~ResultReader();
  /// Nothing for what no worker wrote.
  std::optional<ResultLine> read(std::string_view line);

 private:
  struct State;
  std::unique_ptr<State> state_;
};
}  // namespace legwork::batch
