#include "plugin/resource_source.hpp"

#include "plugin/vendors.hpp"

#include <map>
#include <memory>

namespace legwork::plugin {
namespace {
struct Source {
  Config config;
  std::map<std::string, Vendor, std::less<>> vendors;  ///< by client; "" for everybody else
  press::FetchAll fetch;
  std::stop_token stop;

  const Vendor& vendor_of(const Caller& caller) const {
    const auto found = vendors.find(caller.client);
    return found == vendors.end() ? vendors.find("")->second : found->second;
  }

  std::vector<Obtained> obtain(const FetchPlan& plan) const;
};

std::vector<Obtained> Source::obtain(const FetchPlan& plan) const {
  std::vector<Obtained> all;
  const auto base = allowed_server(config, plan.caller, plan.fhir_server);
  if (!base) {
    for (const FhirQuery& query : plan.queries)
      all.push_back({query.key, {}, "the FHIR server is none that this client may name"});
    return all;
  }
  const FhirServer server{*base, plan.access_token, vendor_of(plan.caller)};
  const press::Patience patience{std::chrono::steady_clock::now() + config.limits.fetch_time, stop};
  all = fetch_chart(server, plan.queries, {}, patience, fetch);
  auto texts = plan.sent;
  for (const Obtained& one : all) texts.insert(texts.end(), one.texts.begin(), one.texts.end());
  const auto drugs = missing_medications(texts, *base);
  if (!drugs.empty()) all.push_back(fetch_medications(server, drugs, {}, patience, fetch));
  return all;
}
}  // namespace

Result<FetchMissing> make_fetch_missing(const Config& config, const std::string& data,
                                        press::FetchAll fetch, std::stop_token stop) {
  auto source = std::make_shared<Source>(Source{config, {}, std::move(fetch), std::move(stop)});
  auto generic = load_vendor(data, "");
  if (!generic) return tl::unexpected(generic.error());
  source->vendors.emplace("", std::move(*generic));
  for (const ClientConfig& client : config.clients) {
    auto vendor = load_vendor(data, client.vendor);
    if (!vendor) return tl::unexpected(vendor.error());
    source->vendors.emplace(client.name, std::move(*vendor));
  }
  return FetchMissing([source](const FetchPlan& plan) { return source->obtain(plan); });
}
}  // namespace legwork::plugin
