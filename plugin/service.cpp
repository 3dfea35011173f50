#include "plugin/service.hpp"

#include "plugin/health.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace legwork::plugin {
tl::expected<Service, std::vector<Error>> make_service(const Config& config, const Metrics& metrics,
                                                       std::function<bool()> ready) {
  std::vector<Route> routes;
  const auto add = [&](std::vector<Route> part) {
    std::ranges::move(part, std::back_inserter(routes));
  };
  add(health_routes(metrics, std::move(ready)));
  // Here the parts are added: cards, operations, page.

  Gate gate;  // where no client is configured, nobody has to say who they are
  return Service{Router(std::move(routes)), std::move(gate), config.base_url, config.cors_origins};
}
}  // namespace legwork::plugin
