#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace legwork::plugin {
/// Threads that work off a queue with an end. A job that finds the queue full is refused at once:
/// waiting longer would help nobody.
class Workers {
 public:
  using Job = std::function<void()>;  ///< throws nothing

  /// `queue`: jobs that may wait beside those that run
  Workers(unsigned threads, std::size_t queue);
  ~Workers() { stop(); }

  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// False where the queue is full; the job is then not kept.
  bool submit(Job job);

  /// Waits for the jobs that run; those that wait are dropped. Then no more are taken.
  void stop();

 private:
  void run();

  std::size_t queue_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::deque<Job> jobs_;
  std::size_t idle_ = 0;  ///< threads that wait for a job
  bool stop_ = false;
  std::vector<std::thread> threads_;
};
}  // namespace legwork::plugin
