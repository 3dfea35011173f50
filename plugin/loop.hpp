#pragma once

#include "plugin/connection.hpp"

#include <functional>
#include <memory>
#include <string>

namespace legwork::plugin {
/// One thread that reads requests and writes answers, with its share of the connections.
class Loop {
 public:
  /// `ended` is called by the thread when it has no more connections after drain().
  Loop(Shared& shared, std::function<void()> ended);
  ~Loop();

  /// Takes over a socket of a client. These may be called from any thread.
  void take(int descriptor, std::string peer);
  /// Ends each connection after what is under way on it, and then the thread.
  void drain();

  /// Ends the thread, whatever is under way, and waits for that.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};
}  // namespace legwork::plugin
