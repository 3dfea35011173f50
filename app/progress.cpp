#include "app/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace legwork::app {
namespace {
using Clock = std::chrono::steady_clock;

std::string line_of(const batch::Progress& progress, Clock::duration since) {
  const double seconds = std::chrono::duration<double>(since).count();
  const auto patients = progress.patients.load();
  if (patients == 0)
    return fmt::format(
        "reading: {:.0f} MB, {:.0f} MB/s, {} rejects", static_cast<double>(progress.bytes) / 1e6,
        static_cast<double>(progress.bytes) / 1e6 / seconds, progress.rejects.load());
  return fmt::format("{} patients, {:.0f} a second, {} rejects", patients,
                     static_cast<double>(patients) / seconds, progress.rejects.load());
}
}  // namespace

ShownProgress::ShownProgress(const batch::Progress& progress)
    : progress_(progress), terminal_(::isatty(STDERR_FILENO) != 0), thread_([this] { show(); }) {}

ShownProgress::~ShownProgress() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  over_.notify_one();
  thread_.join();
  if (terminal_) std::fputs("\r\x1b[K", stderr);
}

void ShownProgress::show() {
  const auto begin = Clock::now();
  const auto pause = terminal_ ? std::chrono::milliseconds(200) : std::chrono::seconds(10);
  std::unique_lock lock(mutex_);
  while (!over_.wait_for(lock, pause, [this] { return done_; })) {
    const auto line = line_of(progress_, Clock::now() - begin);
    std::fputs(((terminal_ ? "\r\x1b[K" + line : "legwork: " + line + "\n")).c_str(), stderr);
    std::fflush(stderr);
  }
}
}  // namespace legwork::app
