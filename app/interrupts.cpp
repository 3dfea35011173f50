#include "app/interrupts.hpp"

#include <csignal>
#include <ctime>

namespace legwork::app {
namespace {
sigset_t ending_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, number);
  return set;
}
}  // namespace

Interrupts::Interrupts() {
  const auto set = ending_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // a server that hangs up is an error like others
  thread_ = std::jthread([this](const std::stop_token& over) { watch(over); });
}

Interrupts::~Interrupts() {
  thread_.request_stop();
  thread_.join();
  const auto set = ending_signals();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void Interrupts::watch(const std::stop_token& over) {
  const auto set = ending_signals();
  const timespec pause{0, 50'000'000};  // how late the end of the watch may be seen
  while (!over.stop_requested()) {
    const int caught = sigtimedwait(&set, nullptr, &pause);
    if (caught < 0) continue;
    if (stop_.stop_requested()) {
      pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
      std::raise(caught);
    }
    by_keyboard_ = caught == SIGINT;
    stop_.request_stop();
  }
}
}  // namespace legwork::app
