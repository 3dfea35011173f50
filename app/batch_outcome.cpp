#include "app/batch_outcome.hpp"

#include "app/tell.hpp"
#include "batch/archive.hpp"
#include "press/io.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace legwork::app {
namespace {
namespace fs = std::filesystem;

/// What is to be printed, on a line; nothing where that was not asked for.
std::string print_words(const batch::PrintCounts& print, const std::string& out) {
  if (print.files == 0) return {};
  return fmt::format("To be printed, by ward: {} {} in {}/print; the ward of {} {} is not known\n",
                     print.files, print.files == 1 ? "file" : "files", out, print.without_ward,
                     print.without_ward == 1 ? "patient" : "patients");
}

std::string summary(const batch::Counts& counts, const std::string& out) {
  std::error_code none;
  const bool is_archived = fs::exists(fmt::format("{}/{}", out, batch::archive_name), none);
  const auto& lines = counts.lines;
  const auto& patients = counts.patients;
  return fmt::format(
      "{} patients: {} reported, {} without a sign of it, {} rejected{}\n"
      "{} lines: {} used, {} not needed, {} rejected\n"
      "The reports are in {}/{}, who to see first in {}/worklist.html\n{}",
      patients.seen, patients.reported, patients.not_symptomatic, patients.rejected,
      patients.unchanged > 0 ? fmt::format(", {} unchanged", patients.unchanged) : "", lines.read,
      lines.used, lines.not_needed, lines.rejected, out,
      is_archived ? batch::archive_name : "reports", out, print_words(counts.print, out));
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
