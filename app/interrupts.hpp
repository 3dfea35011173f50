#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace legwork::app {
/// While it lives, the signals that end a program (SIGINT, SIGTERM, SIGHUP) ask it to stop in good
/// order instead; the second one ends it. Made before any other thread.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  std::stop_token token() const { return stop_.get_token(); }
  bool by_keyboard() const { return by_keyboard_; }  ///< Ctrl-C

 private:
  void watch(const std::stop_token& over);

  std::stop_source stop_;
  std::atomic<bool> by_keyboard_ = false;
  std::jthread thread_;
};
}  // namespace legwork::app
