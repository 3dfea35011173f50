#pragma once

#include "plugin/config.hpp"
#include "plugin/head.hpp"
#include "plugin/http.hpp"
#include "plugin/router.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace legwork::plugin {
/// What the server serves: addresses, and who may call them.
struct Service {
  Router router;
  Gate gate;             ///< null: nobody has to say who they are
  std::string base_url;  ///< without a slash at the end: "https://legwork.example.org"
  std::vector<std::string> cors_origins;  ///< as Config has them
};

/// One request and what has become of it. Touched by one thread at a time.
struct Exchange {
  std::shared_ptr<Request> request;
  const Route* route = nullptr;
  Caller caller;                    ///< once it is trusted
  bool admitted = false;            ///< the gate has let it pass
  std::optional<Response> refusal;  ///< what the gate says instead
  std::size_t body_limit = 0;
  std::size_t bytes_in = 0;  ///< of the body, as it was sent
  std::string_view why;      ///< of a refusal, in our own words, for the log
};

/// A refusal as it is sent.
Response refuse_with(const Refusal& refusal);

/// What can be said before the body is read: no such address, no such method, a body that is too
/// long or of a kind that is not taken; or the answer to OPTIONS. Nothing where the request may go
/// on. `head`: its request may have been moved to `exchange`.
std::optional<Response> answer_early(const Service& service, const Found& found, const Head& head,
                                     const Exchange& exchange);

/// Whether the gate is still to be asked.
bool asks_gate(const Service& service, const Exchange& exchange);

/// Asks the gate: afterwards the exchange is admitted, or it has a refusal, or, where the network
/// may not be used, neither.
void admit(const Service& service, Exchange& exchange, Network network);

/// Asks the gate, unpacks the body, and lets the route's handler answer. Where somebody else must
/// be waited for, it is a Later. A fault in a handler is a 500 that says nothing of it.
Answer perform(const Service& service, const std::shared_ptr<Exchange>& exchange);

/// Puts on a response what all responses have, and packs it where that pays.
void finish(const Service& service, const Exchange& exchange, Response& response);
}  // namespace legwork::plugin
