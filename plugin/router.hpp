#pragma once

#include "plugin/http.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::plugin {
/// Who may call.
enum class Access : std::uint8_t {
  open,     ///< anybody
  trusted,  ///< whom the Gate lets pass; anybody where no client is configured
};

/// Whether pages of other sites may call: those in Config::cors_origins, or none.
enum class Cors : std::uint8_t { refused, listed };

/// Where the handler runs.
enum class Runs : std::uint8_t {
  on_worker,  ///< on a thread for work; refused with 503 where too many wait for one
  at_once,    ///< on the thread that reads requests: for answers that are ready, as /healthz
};

/// One method at one address, and what answers it.
struct Route {
  std::string name;     ///< stands in logs and metrics in place of the path: "cds-service"
  std::string method;   ///< "GET" (HEAD is then answered too), "POST"
  std::string pattern;  ///< "/cds-services/{id}/feedback": {…} is any one segment
  Access access = Access::trusted;
  std::vector<std::string> accepts;  ///< media types of the body; none: it takes no body
  Handler handler;
  Cors cors = Cors::refused;
  Runs runs = Runs::on_worker;
  std::size_t body_limit = 0;  ///< in bytes, also when unpacked; 0: Limits::body
};

/// What an address stands for.
struct Found {
  const Route* route = nullptr;  ///< null: nothing answers that method there
  std::string allow;  ///< the methods that are answered there: "GET, HEAD"; "": no such address
  const Route* any = nullptr;  ///< some route of that address, whatever its method; may be null
};

/// Finds the route of a request. A slash at the end of a path is tolerated.
class Router {
 public:
  explicit Router(std::vector<Route> routes);

  Found find(std::string_view method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

/// The segment of a path with that index, decoded: segment("/cds-services/x", 1) is "x". "" where
/// there is none, or where its percent signs are not followed by two hex digits.
std::string segment(std::string_view path, std::size_t index);

/// The value of a parameter of a query or form, decoded ("+" is a space); null-free text. The first
/// of its name; "" where there is none.
std::string parameter(std::string_view query, std::string_view name);
}  // namespace legwork::plugin
