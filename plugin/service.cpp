#include "plugin/service.hpp"

#include "plugin/health.hpp"
#include "plugin/knowledge.hpp"
#include "plugin/operation.hpp"

#include <algorithm>
#include <ctime>
#include <iterator>
#include <memory>
#include <utility>

namespace legwork::plugin {
namespace {
/// The day it is where the server stands.
Day local_day() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  constexpr int first_year = 1900;  // as C counts
  return std::chrono::year(local.tm_year + first_year) /
         std::chrono::month(static_cast<unsigned>(local.tm_mon) + 1) /
         std::chrono::day(static_cast<unsigned>(local.tm_mday));
}
}  // namespace

tl::expected<Service, std::vector<Error>> make_service(const Config& config, const Metrics& metrics,
                                                       std::function<bool()> ready) {
  auto loaded = load_knowledge(config);
  if (!loaded) return tl::unexpected(loaded.error());
  const auto knowledge = std::make_shared<const Knowledge>(std::move(*loaded));

  std::vector<Route> routes;
  const auto add = [&](std::vector<Route> part) {
    std::ranges::move(part, std::back_inserter(routes));
  };
  add(health_routes(metrics, std::move(ready)));
  add(operation_routes(knowledge, local_day, config.base_url));
  // Here the other parts are added: cards, page.

  Gate gate;  // null where no client is configured: nobody has to say who they are
  return Service{Router(std::move(routes)), std::move(gate), config.base_url, config.cors_origins};
}
}  // namespace legwork::plugin
