#pragma once

#include "base/date.hpp"
#include "base/result.hpp"
#include "fhir/read.hpp"
#include "plugin/knowledge.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace legwork::plugin {
/// What can be asked for about a patient.
enum class Form : std::uint8_t { assessment, pdf, html, text, document };

/// "application/pdf": what a form is sent as.
std::string_view content_type(Form form);

/// One question about one patient, over whichever door it came in.
struct Ask {
  std::vector<fhir::Input> inputs;  ///< the chart; views, which must outlive the answer
  std::string subject;  ///< "Patient/p1" whom the chart must be about; "": whoever it is about
  Day as_of{};
  std::optional<DateSpan> onset;
  std::string layout = "clinician";  ///< a template that legwork brings along
  std::string language;              ///< of it; "": its first
  /// What the caller could not read, in a few words: "laboratory results". Stands among the notes.
  std::vector<std::string> not_seen = {};
};

struct Told {
  std::string bytes;
  std::vector<fhir::Note> rejected;  ///< what of the chart could not be used
};

/// Reads the chart, assesses it, and writes what was asked for. Same question, same bytes.
///
/// Errors: malformed    the chart is not FHIR in JSON, NDJSON or XML
///         unsupported  no FHIR in it, or about two patients, or not about the subject
///         missing      no Patient in it, or no template of that name or language
///         unavailable  a limit was met
/// None quotes the chart.
Result<Told> answer(const Knowledge& knowledge, const Ask& ask, Form form);
}  // namespace legwork::plugin
