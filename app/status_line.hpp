#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace legwork::app {
/// Who reads a line of status: somebody who looks on, or whoever finds the log.
enum class Reader : unsigned char { terminal, log };

/// Shows on standard error how far something has come while it lives: on a terminal one line that
/// changes, elsewhere a line every ten seconds.
class StatusLine {
 public:
  using Line = std::function<std::string(std::chrono::duration<double> since, Reader reader)>;

  explicit StatusLine(Line line);
  ~StatusLine();
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

 private:
  void show();

  Line line_;
  Reader reader_;
  std::mutex mutex_;
  std::condition_variable over_;
  bool done_ = false;
  std::thread thread_;
};
}  // namespace legwork::app
