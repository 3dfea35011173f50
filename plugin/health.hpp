#pragma once

#include "plugin/metrics.hpp"
#include "plugin/router.hpp"

#include <functional>
#include <vector>

namespace legwork::plugin {
/// What those who run the server ask: /healthz (it answers), /readyz (send it requests), /metrics.
/// Answered also where there is no thread for other work. `ready` and `metrics` must outlive them.
std::vector<Route> health_routes(const Metrics& metrics, std::function<bool()> ready);
}  // namespace legwork::plugin
