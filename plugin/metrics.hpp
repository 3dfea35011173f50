#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace legwork::plugin {
/// Why work was turned away.
enum class Shed : std::uint8_t {
  queue,        ///< no room to wait for a thread that evaluates
  waiting,      ///< no room to wait for a thread that waits for a FHIR server
  rate,         ///< one address asked too often
  connections,  ///< too many connections
};

/// Counts what the server does, for Prometheus. No label holds a path or an id. May be used from
/// any thread.
class Metrics {
 public:
  explicit Metrics(std::string_view version);
  ~Metrics();

  void connection_opened();
  void connection_closed();
  void request_begun();
  /// `route`: Route::name, "" for none; `method`: known_method
  void request_ended(std::string_view route, std::string_view method, unsigned status,
                     std::chrono::microseconds time);
  void shed(Shed why);
  void certificate_ends(std::chrono::system_clock::time_point when);

  /// In Prometheus' text format.
  std::string text() const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

inline constexpr std::string_view metrics_type = "text/plain; version=0.0.4; charset=utf-8";
}  // namespace legwork::plugin
