#include "app/fetch_progress.hpp"

#include <fmt/format.h>

namespace legwork::app {
namespace {
/// The server's words may hold anything, so a log has the number alone.
std::string words_for(const std::string& heard, Reader reader) {
  if (heard.empty()) return {};
  if (reader == Reader::terminal) return ": " + heard;
  const auto percent = heard.find('%');
  if (percent == heard.npos) return {};
  const auto begin = heard.find_last_not_of("0123456789.", percent - 1);
  const auto number = percent == 0 ? "" : heard.substr(begin + 1, percent - begin - 1);
  return number.empty() ? "" : fmt::format(": {}%", number);
}

}  // namespace

std::string progress_line(const bulk::Progress& progress, std::chrono::duration<double> since,
                          Reader reader) {
  const double megabytes = static_cast<double>(progress.bytes) / 1e6;
  switch (progress.phase.load()) {
    case bulk::Phase::asking:
      return "asking for the export";
    case bulk::Phase::waiting:
      return fmt::format("the server prepares the export, for {:.0f} s now{}", since.count(),
                         words_for(progress.heard(), reader));
    case bulk::Phase::downloading:
      return fmt::format("{} of {} files, {:.0f} MB, {:.1f} MB/s", progress.files_done.load(),
                         progress.files.load(), megabytes, megabytes / since.count());
    case bulk::Phase::finishing:
      break;
  }
  return "all is here; telling the server";
}
}  // namespace legwork::app
