#include "plugin/exchange.hpp"

#include "plugin/content_type.hpp"
#include "plugin/cors.hpp"
#include "plugin/gzip.hpp"
#include "plugin/outcome.hpp"

#include <algorithm>
#include <new>

namespace legwork::plugin {
namespace {
constexpr std::string_view fault =
    "this is a fault of legwork; tell its operator the id of the request, which stands in "
    "X-Request-Id";

Response refusal(Exchange& exchange, unsigned status, std::string_view why) {
  exchange.why = why;
  return outcome(status, issue_code(status), why);
}

Response denied_with(const Denied& denied) {
  auto response = outcome(denied.status, issue_code(denied.status), denied.why);
  if (denied.status == 401) response.headers.push_back({"WWW-Authenticate", "Bearer"});
  return response;
}

/// Runs work that may fail by a fault of ours.
template <class Work>
Answer guarded(Exchange& exchange, Work work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return refusal(exchange, 503, "there is not enough memory for this request now; try again");
  } catch (...) {  // what() may quote the input
    return refusal(exchange, 500, fault);
  }
}

/// Takes the Content-Encoding off the body. Nothing where all is well.
std::optional<Response> unpack(Exchange& exchange) {
  auto& request = *exchange.request;
  const auto* encoding = request.header("Content-Encoding");
  if (encoding == nullptr || request.body.empty() || is_same_word(*encoding, "identity")) return {};
  if (!is_same_word(*encoding, "gzip") && !is_same_word(*encoding, "x-gzip")) {
    auto response =
        refusal(exchange, 415, "the Content-Encoding is not understood; send gzip or none");
    response.headers.push_back({"Accept-Encoding", "gzip"});
    return response;
  }
  auto unpacked = gunzip(request.body, exchange.body_limit);
  if (unpacked) {
    request.body = std::move(*unpacked);
    return {};
  }
  if (unpacked.error() == UnpackError::too_large)
    return refusal(exchange, 413, "the body is too long once it is unpacked; send less");
  return refusal(exchange, 400, "the body is not sound gzip");
}

/// The handler's answer; run through here wherever it is called from.
Answer handle(Exchange& exchange) {
  if (auto refused = unpack(exchange)) return std::move(*refused);
  return exchange.route->handler(exchange.request, exchange.caller);
}

/// Work, and what is left of it, on a thread that may wait.
template <class Work>
Response to_the_end(Exchange& exchange, Work work) {
  auto answer = guarded(exchange, work);
  while (const auto* later = std::get_if<Later>(&answer))
    answer = guarded(exchange, [rest = *later]() -> Answer { return rest(); });
  return std::get<Response>(std::move(answer));
}

bool is_worth_packing(const Response& response) {
  constexpr std::size_t one_packet = 1400;
  return response.body.size() > one_packet && is_text(response.content_type) &&
         std::ranges::none_of(response.headers, [](const Header& header) {
           return is_same_word(header.name, "Content-Encoding");
         });
}

bool has_header(const Response& response, std::string_view name) {
  return std::ranges::any_of(response.headers,
                             [&](const Header& header) { return is_same_word(header.name, name); });
}
}  // namespace

Response refuse_with(const Refusal& refusal) {
  return outcome(refusal.status, issue_code(refusal.status), refusal.why);
}

std::optional<Response> answer_early(const Service& service, const Found& found, const Head& head,
                                     const Exchange& exchange) {
  const auto& request = *exchange.request;
  if (request.method == "OPTIONS" && (found.any != nullptr || request.path == "*"))
    return answer_options(service.cors_origins, found, request);
  if (found.any == nullptr)
    return refuse_with({404,
                        "there is nothing at this address; /cds-services and /fhir/metadata say "
                        "what there is"});
  if (found.route == nullptr) {
    auto response = refuse_with({405, "this method is not answered here; Allow says which are"});
    response.headers.push_back({"Allow", found.allow});
    return response;
  }
  const auto& accepts = found.route->accepts;
  if (accepts.empty())
    return head.framing == Framing::none
               ? std::nullopt
               : std::optional(refuse_with({413, "a request to this address has no body"}));
  if (head.framing == Framing::none && request.header("Content-Length") == nullptr)
    return refuse_with({411, "a body is needed here, and its Content-Length"});
  if (head.length > exchange.body_limit)
    return refuse_with({413, "the body is too long; send less"});
  const auto* type = request.header("Content-Type");
  if (type != nullptr && accepts_type(accepts, *type)) return {};
  auto response = refuse_with(
      {415, "the body is of a kind that is not taken here; Accept-Post says which are"});
  response.headers.push_back({"Accept-Post", joined(accepts)});
  return response;
}

bool asks_gate(const Service& service, const Exchange& exchange) {
  return service.gate && exchange.route->access == Access::trusted && !exchange.admitted;
}

void admit(const Service& service, Exchange& exchange, Network network) {
  auto fallen = guarded(exchange, [&]() -> Answer {
    const auto url = service.base_url + exchange.request->path;
    auto verdict = service.gate(*exchange.request, url, network);
    if (auto* caller = std::get_if<Caller>(&verdict)) {
      exchange.caller = std::move(*caller);
      exchange.admitted = true;
    } else if (const auto* denied = std::get_if<Denied>(&verdict)) {
      exchange.why = "not trusted";
      exchange.refusal = denied_with(*denied);
    } else if (network == Network::use) {
      exchange.refusal =
          refusal(exchange, 503, "whether the caller is trusted cannot be told now; try again");
    }
    return Response();
  });
  if (auto& response = std::get<Response>(fallen); response.status != Response().status)
    exchange.refusal = std::move(response);
}

Answer perform(const Service& service, const std::shared_ptr<Exchange>& exchange) {
  if (asks_gate(service, *exchange)) admit(service, *exchange, Network::avoid);
  if (exchange->refusal) return std::move(*exchange->refusal);
  if (asks_gate(service, *exchange)) {
    return Later([&service, exchange] {
      admit(service, *exchange, Network::use);
      if (exchange->refusal) return std::move(*exchange->refusal);
      return to_the_end(*exchange, [&] { return handle(*exchange); });
    });
  }
  auto answer = guarded(*exchange, [&] { return handle(*exchange); });
  auto* later = std::get_if<Later>(&answer);
  if (later == nullptr) return answer;
  return Later([exchange, rest = std::move(*later)] {
    return to_the_end(*exchange, [&]() -> Answer { return rest(); });
  });
}

void finish(const Service& service, const Exchange& exchange, Response& response) {
  const auto& request = *exchange.request;
  if (exchange.route != nullptr && exchange.route->cors == Cors::listed)
    allow_origin(service.cors_origins, request, response);
  if (!has_header(response, "Cache-Control"))
    response.headers.push_back({"Cache-Control", "no-store"});
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  if (response.status == 503 && !has_header(response, "Retry-After"))
    response.headers.push_back({"Retry-After", "1"});
  if (!is_worth_packing(response)) return;
  response.headers.push_back({"Vary", "Accept-Encoding"});
  const auto* accepted = request.header("Accept-Encoding");
  if (accepted == nullptr || !accepts_gzip(*accepted)) return;
  response.body = gzip(response.body);
  response.headers.push_back({"Content-Encoding", "gzip"});
}
}  // namespace legwork::plugin
