#include "plugin/health.hpp"

#include <utility>

namespace legwork::plugin {
namespace {
Route route(std::string name, std::function<Response()> answer) {
  Route route;
  route.pattern = "/" + name;
  route.name = std::move(name);
  route.method = "GET";
  route.access = Access::open;
  route.runs = Runs::at_once;
  route.handler = [answer = std::move(answer)](const auto&, const auto&) { return answer(); };
  return route;
}

Response text(unsigned status, std::string words) {
  return {status, "text/plain; charset=utf-8", std::move(words), {}};
}
}  // namespace

std::vector<Route> health_routes(const Metrics& metrics, std::function<bool()> ready) {
  return {route("healthz", [] { return text(200, "alive\n"); }),
          route("readyz",
                [ready = std::move(ready)] {
                  return ready() ? text(200, "ready\n") : text(503, "draining\n");
                }),
          route("metrics", [&metrics] {
            return Response{200, std::string(metrics_type), metrics.text(), {}};
          })};
}
}  // namespace legwork::plugin
