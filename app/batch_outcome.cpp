#include "app/batch_outcome.hpp"

#include "app/tell.hpp"
#include "press/io.hpp"

#include <fmt/format.h>

namespace legwork::app {
namespace {
std::string summary(const batch::Counts& counts, const std::string& out) {
  const auto& lines = counts.lines;
  const auto& patients = counts.patients;
  return fmt::format(
      "{} patients: {} reported, {} without a sign of it, {} rejected{}\n"
      "{} lines: {} used, {} not needed, {} rejected\n"
      "The reports are in {}/reports, who to see first in {}/worklist.html\n",
      patients.seen, patients.reported, patients.not_symptomatic, patients.rejected,
      patients.unchanged > 0 ? fmt::format(", {} unchanged", patients.unchanged) : "", lines.read,
      lines.used, lines.not_needed, lines.rejected, out, out);
}
}  // namespace

Exit exit_of_batch(const Error& error) {
  tell(error);
  return error.kind == ErrorKind::unavailable ? Exit::again : Exit::never;
}

Exit conclude(const batch::Counts& counts, const std::string& input, const std::string& out) {
  if (const auto written = press::write_file("-", summary(counts, out)); !written)
    return tell(written.error());
  const bool some_rejected = counts.lines.rejected > 0 || counts.patients.rejected > 0;
  if (some_rejected) tell(out + "/rejects.ndjson", "lists what could not be used");
  if (counts.is_partial)
    tell(input,
         "does not hold everything, as the server itself says; manifest.json tells which files");
  return some_rejected || counts.is_partial ? Exit::in_part : Exit::done;
}
}  // namespace legwork::app
