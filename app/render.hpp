#pragma once

#include "app/patient.hpp"
#include "base/result.hpp"
#include "causes/since.hpp"
#include "press/print.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace legwork::app {
/// What a report is told beside the patient's own options.
struct RenderOptions {
  std::string layout = "clinician";  ///< a template that legwork brings along, or a file
  std::string language;              ///< of a template that legwork brings along; "": its first
  std::string profile = "archive";   ///< "archive", "archive+data" or "form"
  std::string previous;              ///< file with an earlier assessment; "" for none
};

/// Puts --previous on a command.
void add_previous(CLI::App& command, std::string& previous);

/// What changed since the assessment in a file; nothing for "".
Result<std::optional<causes::Since>> since_previous(const std::string& previous,
                                                    const causes::Assessment& assessment);

/// Says how many characters no font has, if any, but not which: they may be the patient's name.
void tell_unprintable(std::size_t characters, const std::string& output);

/// Makes a report: what `legwork report` writes and `legwork verify` compares with. The same
/// assessment, options and files give the same bytes.
tl::expected<press::Printed, std::vector<Error>> render(const std::string& data,
                                                        const PatientOptions& patient,
                                                        const RenderOptions& options,
                                                        const Assessed& assessed);
}  // namespace legwork::app
