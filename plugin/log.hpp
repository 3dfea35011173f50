#pragma once

#include "plugin/config.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace legwork::plugin {
enum class Level : std::uint8_t { info, warning, error };

/// One request, as the log may tell of it. No path, query, header or address: they name patients,
/// or those who look at them.
struct RequestEvent {
  std::string_view id;      ///< ours, as in X-Request-Id of the answer
  std::string_view route;   ///< Route::name; "" where there was none
  std::string_view method;  ///< known_method
  unsigned status = 0;
  std::size_t bytes_in = 0, bytes_out = 0;  ///< of the bodies
  std::chrono::microseconds time{};         ///< from the first byte to the last of the answer
  std::string_view client;                  ///< [client.NAME] that called; "" for none
  std::string_view why;                     ///< a refusal in our own words; "" for none
};

/// A method as it may stand in logs and metrics: "other" for what HTTP does not know, since it
/// could be any word.
std::string_view known_method(std::string_view method);

/// One line of the log, without its end. `at`: since 1970.
std::string to_line(const RequestEvent& event, LogFormat format, std::chrono::milliseconds at);

/// Something that happened to the server: "certificate", "reloaded from /etc/legwork/tls.pem".
std::string to_line(Level level, std::string_view what, std::string_view detail, LogFormat format,
                    std::chrono::milliseconds at);

/// Writes lines to standard error. May be used from any thread.
class Log {
 public:
  explicit Log(LogFormat format);
  ~Log();

  void request(const RequestEvent& event) const;
  void event(Level level, std::string_view what, std::string_view detail) const;

 private:
  struct Sink;
  LogFormat format_;
  std::unique_ptr<Sink> sink_;
};
}  // namespace legwork::plugin
