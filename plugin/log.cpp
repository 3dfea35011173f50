#include "plugin/log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <array>

namespace legwork::plugin {
namespace {
std::string timestamp(std::chrono::milliseconds at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(seconds.count()),
                     (at - seconds).count());
}

std::string_view name_of(Level level) {
  switch (level) {
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
  }
  return "error";
}

/// Text within a line: what would end a string or a line is replaced, so that no value can forge a
/// line of its own.
std::string safe(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (static_cast<unsigned char>(c) < ' ' || c == '"' || c == '\\' || c == 0x7f) c = '?';
  return result;
}

/// "name":"value" or name=value, where there is a value.
void add(std::string& line, LogFormat format, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  if (format == LogFormat::json)
    line += fmt::format(R"(,"{}":"{}")", name, safe(value));
  else if (value.find(' ') == std::string_view::npos)
    line += fmt::format(" {}={}", name, safe(value));
  else
    line += fmt::format(R"( {}="{}")", name, safe(value));
}

std::string start_of(Level level, std::string_view what, LogFormat format,
                     std::chrono::milliseconds at) {
  if (format == LogFormat::json)
    return fmt::format(R"({{"time":"{}","level":"{}","event":"{}")", timestamp(at), name_of(level),
                       safe(what));
  return fmt::format("{} {} {}", timestamp(at), name_of(level), safe(what));
}

std::chrono::milliseconds now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now().time_since_epoch());
}
}  // namespace

std::string_view known_method(std::string_view method) {
  static constexpr std::array<std::string_view, 8> known = {"GET",    "HEAD",    "POST",  "PUT",
                                                            "DELETE", "OPTIONS", "PATCH", "TRACE"};
  const auto* const found = std::ranges::find(known, method);
  return found == known.end() ? "other" : *found;
}

std::string to_line(const RequestEvent& event, LogFormat format, std::chrono::milliseconds at) {
  constexpr unsigned first_fault = 500;
  auto line =
      start_of(event.status < first_fault ? Level::info : Level::warning, "request", format, at);
  add(line, format, "id", event.id);
  add(line, format, "route", event.route);
  add(line, format, "method", event.method);
  const double milliseconds = std::chrono::duration<double, std::milli>(event.time).count();
  line += fmt::format(fmt::runtime(format == LogFormat::json
                                       ? R"(,"status":{},"bytes_in":{},"bytes_out":{},"ms":{:.3f})"
                                       : " status={} bytes_in={} bytes_out={} ms={:.3f}"),
                      event.status, event.bytes_in, event.bytes_out, milliseconds);
  add(line, format, "client", event.client);
  add(line, format, "why", event.why);
  if (format == LogFormat::json) line += '}';
  return line;
}

std::string to_line(Level level, std::string_view what, std::string_view detail, LogFormat format,
                    std::chrono::milliseconds at) {
  auto line = start_of(level, what, format, at);
  add(line, format, "detail", detail);
  if (format == LogFormat::json) line += '}';
  return line;
}

struct Log::Sink {
  spdlog::logger logger{"legwork", std::make_shared<spdlog::sinks::stderr_sink_mt>()};
};

Log::Log(LogFormat format) : format_(format), sink_(std::make_unique<Sink>()) {
  sink_->logger.set_pattern("%v");
}

Log::~Log() = default;

void Log::request(const RequestEvent& event) const {
  sink_->logger.info(to_line(event, format_, now()));
}

void Log::event(Level level, std::string_view what, std::string_view detail) const {
  sink_->logger.info(to_line(level, what, detail, format_, now()));
}
}  // namespace legwork::plugin
