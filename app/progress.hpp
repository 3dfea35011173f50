#pragma once

#include "batch/gather.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace legwork::app {
/// Shows on standard error how far a run has come while it lives: on a terminal one line that
/// changes, elsewhere a line every ten seconds.
class ShownProgress {
 public:
  explicit ShownProgress(const batch::Progress& progress);
  ~ShownProgress();
  ShownProgress(const ShownProgress&) = delete;
  ShownProgress& operator=(const ShownProgress&) = delete;

 private:
  void show();

  const batch::Progress& progress_;
  bool terminal_;
  std::mutex mutex_;
  std::condition_variable over_;
  bool done_ = false;
  std::thread thread_;
};
}  // namespace legwork::app
