#include "plugin/service.hpp"

#include "plugin/cds_start.hpp"
#include "plugin/gate.hpp"
#include "plugin/health.hpp"
#include "plugin/knowledge.hpp"
#include "plugin/operation.hpp"
#include "plugin/page.hpp"
#include "plugin/vendors.hpp"
#include "press/clock.hpp"
#include "press/fetch.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <utility>

namespace legwork::plugin {
namespace {
/// The EHRs that may open the page, with what each takes as a document.
Result<std::vector<PageEhr>> ehrs_of(const Config& config, const std::string& data) {
  auto ehrs = page_ehrs(config);
  for (auto& ehr : ehrs) {
    const auto client = std::ranges::find(config.clients, ehr.name, &ClientConfig::name);
    const auto vendor = load_vendor(data, client->vendor);
    if (!vendor) return tl::unexpected(vendor.error());
    if (!vendor->document_types.empty()) ehr.document_types = vendor->document_types;
    if (vendor->inline_bytes > 0) ehr.inline_bytes = vendor->inline_bytes;
  }
  return ehrs;
}
}  // namespace

tl::expected<Service, std::vector<Error>> make_service(const Config& config, const Metrics& metrics,
                                                       const Log& log,
                                                       std::function<bool()> ready) {
  auto loaded = load_knowledge(config);
  if (!loaded) return tl::unexpected(loaded.error());
  const auto knowledge = std::make_shared<const Knowledge>(std::move(*loaded));

  std::vector<Route> routes;
  const auto add = [&](std::vector<Route> part) {
    std::ranges::move(part, std::back_inserter(routes));
  };
  add(health_routes(metrics, std::move(ready)));
  add(operation_routes(knowledge, press::today, config.base_url));
  const auto ehrs = ehrs_of(config, knowledge->data);
  if (!ehrs) return tl::unexpected(std::vector{ehrs.error()});
  auto page = page_routes(knowledge->data, *ehrs, config.frame_ancestors);
  if (!page) return tl::unexpected(std::vector{page.error()});
  add(std::move(*page));

  const auto fetch = press::make_fetch({config.ca_file});  // one for all: it keeps connections
  // Nobody tells a fetch to stop: it waits no longer than limits.fetch-time.
  auto missing = make_fetch_missing(config, knowledge->data, fetch, {});
  if (!missing) return tl::unexpected(std::vector{missing.error()});
  auto cards = make_cds_context(config, knowledge,
                                {std::move(*missing), press::today, [&log](const Error& error) {
                                   log.event(Level::error, error.where, error.what);
                                 }});
  if (!cards) return tl::unexpected(std::vector{cards.error()});
  add(cds_routes(std::move(*cards)));

  Gate gate;  // null where no client is configured: nobody has to say who they are
  if (!config.clients.empty())
    gate = make_gate(config, {fetch, [] { return std::chrono::system_clock::now(); }});
  return Service{Router(std::move(routes)), std::move(gate), config.base_url, config.cors_origins};
}
}  // namespace legwork::plugin
