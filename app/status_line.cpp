#include "app/status_line.hpp"

#include "base/text.hpp"

#include <unistd.h>

#include <cstdio>

namespace legwork::app {
StatusLine::StatusLine(Line line)
    : line_(std::move(line)),
      reader_(::isatty(STDERR_FILENO) != 0 ? Reader::terminal : Reader::log),
      thread_([this] { show(); }) {}

StatusLine::~StatusLine() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  over_.notify_one();
  thread_.join();
  if (reader_ == Reader::terminal) std::fputs("\r\x1b[K", stderr);
}

void StatusLine::show() {
  const auto begin = std::chrono::steady_clock::now();
  const bool changes = reader_ == Reader::terminal;
  const auto pause = changes ? std::chrono::milliseconds(200) : std::chrono::seconds(10);
  std::unique_lock lock(mutex_);
  while (!over_.wait_for(lock, pause, [this] { return done_; })) {
    const auto line = printable(line_(std::chrono::steady_clock::now() - begin, reader_));
    std::fputs((changes ? "\r\x1b[K" + line : "legwork: " + line + "\n").c_str(), stderr);
    std::fflush(stderr);
  }
}
}  // namespace legwork::app
