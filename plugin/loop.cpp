#include "plugin/loop.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <thread>

namespace legwork::plugin {
namespace asio = boost::asio;

struct Loop::Impl {
  explicit Impl(Shared& all) : shared(all) {}

  Shared& shared;
  asio::io_context context{1};  // one thread: connections need no locks
  asio::executor_work_guard<asio::io_context::executor_type> more{context.get_executor()};
  OpenConnections open;  ///< touched by the thread only
  std::thread thread;
};

Loop::Loop(Shared& shared, std::function<void()> ended) : impl_(std::make_unique<Impl>(shared)) {
  impl_->thread = std::thread([&impl = *impl_, ended = std::move(ended)] {
    impl.context.run();
    ended();
  });
}

Loop::~Loop() { stop(); }

void Loop::take(int descriptor, std::string peer) {
  asio::post(impl_->context, [&impl = *impl_, descriptor, peer = std::move(peer)] {
    start_connection(impl.shared, impl.context, impl.open, descriptor, peer);
  });
}

void Loop::drain() {
  asio::post(impl_->context, [&impl = *impl_] {
    impl.more.reset();
    const auto all = impl.open;  // a connection that ends leaves the set
    for (const auto& connection : all) plugin::drain(*connection);
  });
}

void Loop::stop() {
  impl_->context.stop();
  if (impl_->thread.joinable()) impl_->thread.join();
}
}  // namespace legwork::plugin
