#pragma once

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace legwork::app {
/// The forms in which a report is written.
enum class ReportForm { pdf, html, text, fhir };

/// What is asked for on the command line.
struct FormOptions {
  std::string name;   ///< "html"; "" where the file's ending shall tell
  bool fhir = false;  ///< --fhir
};

/// Puts --format and --fhir on a command. They must outlive the parsing.
void add_form_options(CLI::App& command, FormOptions& options);

/// As asked, else as the file's name ends: .html or .htm, .txt, .json; else PDF.
ReportForm form_of(const FormOptions& options, const std::string& file);

/// "report.html": where a report goes that nobody named a file for.
std::string default_file(ReportForm form);
}  // namespace legwork::app
