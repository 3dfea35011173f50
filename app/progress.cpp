#include "app/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace legwork::app {
namespace {
using Clock = std::chrono::steady_clock;

double seconds_of(Clock::duration time) { return std::chrono::duration<double>(time).count(); }

/// "[#####...............]  25 %".
std::string bar(double part) {
  constexpr std::size_t width = 20;
  const auto full = static_cast<std::size_t>(part * width);
  return fmt::format("[{}{}] {:3.0f} %", std::string(full, '#'), std::string(width - full, '.'),
                     100 * part);
}

/// "40 s left", "12 min left", "3.5 h left"; nothing where nobody knows.
std::string left(double part, double seconds) {
  if (part <= 0 || seconds < 1) return {};
  const double left = seconds * (1 - part) / part;
  if (left < 90) return fmt::format(", {:.0f} s left", left);
  if (left < 90 * 60) return fmt::format(", {:.0f} min left", left / 60);
  return fmt::format(", {:.1f} h left", left / 3600);
}

double part_of(std::uint64_t done, std::uint64_t all) {
  return all == 0 ? 0 : std::min(1.0, static_cast<double>(done) / static_cast<double>(all));
}

/// Where the making of reports stood when it was first seen.
struct Mark {
  Clock::time_point time;
  std::uint64_t groups = 0, patients = 0;
};

std::string line_of(const batch::Progress& progress, const Mark& since) {
  const double seconds = seconds_of(Clock::now() - since.time) + 0.001;
  const auto rejects = progress.rejects.load();
  if (progress.all_groups == 0) {
    const auto part = part_of(progress.bytes, progress.all_bytes);
    const auto mb = static_cast<double>(progress.bytes) / 1e6;
    return fmt::format("reading   {} {:.0f} MB, {:.0f} MB/s, {} rejects{}", bar(part), mb,
                       mb / seconds, rejects, left(part, seconds));
  }
  if (progress.all_printed > 0)
    return fmt::format("printing  {} {} of {} files",
                       bar(part_of(progress.printed, progress.all_printed)),
                       progress.printed.load(), progress.all_printed.load());
  const auto patients = progress.patients.load();
  return fmt::format(
      "reporting {} {} patients, {:.0f}/s, {} rejects{}",
      bar(part_of(progress.groups, progress.all_groups)), patients,
      static_cast<double>(patients - since.patients) / seconds, rejects,
      left(part_of(progress.groups - since.groups, progress.all_groups - since.groups), seconds));
}
}  // namespace

StatusLine::Line batch_progress(const batch::Progress& progress) {
  return [&progress, since = Mark{Clock::now()}, reads = true](auto, Reader) mutable {
    if (reads && progress.all_groups > 0) {
      reads = false;
      since = {Clock::now(), progress.groups, progress.patients};
    }
    return line_of(progress, since);
  };
}
}  // namespace legwork::app
