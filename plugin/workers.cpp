#include "plugin/workers.hpp"

#include <utility>

namespace legwork::plugin {
Workers::Workers(unsigned threads, std::size_t queue) : queue_(queue) {
  threads_.reserve(threads);
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

void Workers::stop() {
  std::deque<Job> dropped;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    dropped.swap(jobs_);
  }
  dropped.clear();  // who waits for such a job is not kept waiting for those that run
  work_.notify_all();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
}

bool Workers::submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    // A thread that is idle takes its job soon, so that it does not wait in the queue's sense.
    if (stop_ || jobs_.size() >= queue_ + idle_) return false;
    jobs_.push_back(std::move(job));
  }
  work_.notify_one();
  return true;
}

void Workers::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    work_.wait(lock, [this] { return stop_ || !jobs_.empty(); });
    --idle_;
    if (stop_) return;
    const Job job = std::exchange(jobs_.front(), nullptr);
    jobs_.pop_front();
    lock.unlock();
    job();
    lock.lock();
  }
}
}  // namespace legwork::plugin
