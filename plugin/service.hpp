#pragma once

#include "base/result.hpp"
#include "plugin/config.hpp"
#include "plugin/exchange.hpp"
#include "plugin/log.hpp"
#include "plugin/metrics.hpp"

#include <functional>
#include <vector>

namespace legwork::plugin {
/// Puts together all that this server answers.
///
/// `config`: with its base_url; `metrics`, `log` and `ready` must outlive the service.
/// Errors: as those of the parts: what they read at the start is not there or not sound
tl::expected<Service, std::vector<Error>> make_service(const Config& config, const Metrics& metrics,
                                                       const Log& log, std::function<bool()> ready);
}  // namespace legwork::plugin
