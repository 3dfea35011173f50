#include "plugin/metrics.hpp"

#include <fmt/format.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>

namespace legwork::plugin {
namespace {
using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;

/// Seconds. Fine about half a second, within which CDS Hooks wants an answer.
const Histogram::BucketBoundaries buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                          0.1,    0.25,  0.5,    1,     2.5,  5,     10};

constexpr std::array<std::string_view, 4> reasons = {"queue", "waiting", "rate", "connections"};
}  // namespace

struct Metrics::Families {
  prometheus::Registry registry;
  prometheus::Family<Counter>& requests = prometheus::BuildCounter()
                                              .Name("legwork_http_requests_total")
                                              .Help("Requests answered.")
                                              .Register(registry);
  prometheus::Family<Histogram>& seconds =
      prometheus::BuildHistogram()
          .Name("legwork_http_request_seconds")
          .Help("Time from the first byte of a request to the last of its answer.")
          .Register(registry);
  prometheus::Family<Counter>& shed_family =
      prometheus::BuildCounter()
          .Name("legwork_http_shed_total")
          .Help("Requests and connections turned away, by what there was too much of.")
          .Register(registry);
  Gauge& in_flight = prometheus::BuildGauge()
                         .Name("legwork_http_in_flight")
                         .Help("Requests under way.")
                         .Register(registry)
                         .Add({});
  Gauge& connections = prometheus::BuildGauge()
                           .Name("legwork_http_connections")
                           .Help("Connections open.")
                           .Register(registry)
                           .Add({});
  prometheus::Family<Gauge>& certificate =
      prometheus::BuildGauge()
          .Name("legwork_tls_certificate_end_seconds")
          .Help("When the certificate in use ends, in seconds since 1970.")
          .Register(registry);
  std::array<Counter*, reasons.size()> shed{};

  explicit Families(std::string_view version) {
    prometheus::BuildGauge()
        .Name("legwork_build_info")
        .Help("The version that runs.")
        .Register(registry)
        .Add({{"version", std::string(version)}})
        .Set(1);
    for (std::size_t i = 0; i < reasons.size(); ++i)
      shed[i] = &shed_family.Add({{"reason", std::string(reasons[i])}});
  }
};

Metrics::Metrics(std::string_view version) : families_(std::make_unique<Families>(version)) {}
Metrics::~Metrics() = default;

void Metrics::connection_opened() { families_->connections.Increment(); }
void Metrics::connection_closed() { families_->connections.Decrement(); }
void Metrics::request_begun() { families_->in_flight.Increment(); }

void Metrics::request_ended(std::string_view route, std::string_view method, unsigned status,
                            std::chrono::microseconds time) {
  families_->in_flight.Decrement();
  const std::string name(route.empty() ? "none" : route);
  families_->requests
      .Add({{"route", name}, {"method", std::string(method)}, {"status", fmt::to_string(status)}})
      .Increment();
  families_->seconds.Add({{"route", name}}, buckets)
      .Observe(std::chrono::duration<double>(time).count());
}

void Metrics::shed(Shed why) { families_->shed[static_cast<std::size_t>(why)]->Increment(); }

void Metrics::certificate_ends(std::chrono::system_clock::time_point when) {
  families_->certificate.Add({}).Set(static_cast<double>(
      std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()).count()));
}

std::string Metrics::text() const {
  return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}
}  // namespace legwork::plugin
