#include "plugin/gate.hpp"

#include "plugin/jwk.hpp"
#include "plugin/jwt.hpp"
#include "plugin/replay.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace legwork::plugin {
namespace {
/// A client with its keys. The sources renew themselves, and stay where they are.
struct Trusted {
  ClientConfig config;
  std::unique_ptr<KeySource> own;                  // config.jwks; null where it is ""
  std::vector<std::unique_ptr<KeySource>> listed;  // config.jku, in its order
};

struct State {
  State(WallClock now, std::size_t most_remembered)
      : clock(std::move(now)), replay(most_remembered) {}

  std::vector<Trusted> clients;
  WallClock clock;
  ReplayStore replay;
};

/// The token of "Bearer <token>", as RFC 6750 section 2.1 has it; in the one header of that name.
std::variant<std::string_view, Denied> token_of(const Request& request) {
  constexpr std::string_view name = "authorization";
  const auto same = [](std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) {
      return (x >= 'A' && x <= 'Z' ? x + 32 : x) == (y >= 'A' && y <= 'Z' ? y + 32 : y);
    });
  };
  const auto count = std::ranges::count_if(
      request.headers, [&](const Header& header) { return same(header.name, name); });
  if (count == 0) return Denied{401, "send the client's token as 'Authorization: Bearer <token>'"};
  if (count > 1) return Denied{401, "more than one Authorization header"};
  std::string_view value = *request.header(name);
  constexpr std::string_view scheme = "Bearer ";
  if (value.size() <= scheme.size() || !same(value.substr(0, scheme.size()), scheme)) {
    return Denied{401, "the Authorization header is not 'Bearer <token>'"};
  }
  value.remove_prefix(scheme.size());
  value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
  return value;
}

const Trusted* client_of(const State& state, std::string_view issuer) {
  const auto found = std::ranges::find_if(state.clients, [&](const Trusted& client) {
    return press::without_last_slash(client.config.issuer) == press::without_last_slash(issuer);
  });
  return found == state.clients.end() ? nullptr : &*found;
}

/// The place that the token's "jku" names, if it is listed, letter for letter.
KeySource* listed_source(const Trusted& client, std::string_view address) {
  const auto found = std::ranges::find(client.config.jku, address);
  if (found == client.config.jku.end()) return nullptr;
  return client.listed[std::size_t(found - client.config.jku.begin())].get();
}

/// The client's own keys first: an address that the token names may be out of reach, and where both
/// hold the key, they are one.
std::variant<PublicKey, Denied, Undecided> key_of(const Trusted& client, const Token& token,
                                                  Network network) {
  KeySource* const listed =
      token.key_address.empty() ? nullptr : listed_source(client, token.key_address);
  if (!token.key_address.empty() && listed == nullptr && !client.listed.empty()) {
    return Denied{401,
                  "header parameter 'jku' is not among the addresses that are listed for this "
                  "client"};
  }
  for (KeySource* const source : {client.own.get(), listed}) {
    if (source == nullptr) continue;
    auto found = source->find(token.key_id, network);
    if (auto* const key = std::get_if<PublicKey>(&found)) return std::move(*key);
    if (std::holds_alternative<Undecided>(found)) return Undecided{};
  }
  if (!client.own && client.listed.empty()) {
    return Denied{403, "no keys are configured for this client"};
  }
  if (!client.own && listed == nullptr) {
    return Denied{401, "header parameter 'jku' is absent, and this client has no other keys"};
  }
  return Denied{401, "this client has no key of the token's 'kid', or its keys cannot be had"};
}

Verdict judge(State& state, const Request& request, std::string_view url, Network network) {
  const auto given = token_of(request);
  if (const auto* const denied = std::get_if<Denied>(&given)) return *denied;
  const auto text = std::get<std::string_view>(given);
  const auto token = read_token(text);
  if (!token) return Denied{401, token.error().what};
  const Trusted* const client = client_of(state, token->issuer);
  if (client == nullptr) return Denied{401, "claim 'iss' names no client that is configured"};
  const auto now = std::chrono::floor<std::chrono::seconds>(state.clock());
  if (const auto fit = check_claims(*token, url, now); !fit) return Denied{401, fit.error().what};

  const auto key = key_of(*client, *token, network);
  if (const auto* const denied = std::get_if<Denied>(&key)) return *denied;
  if (std::holds_alternative<Undecided>(key)) return Undecided{};
  if (const auto good = check_signature(text, *token, std::get<PublicKey>(key)); !good) {
    return Denied{401, good.error().what};
  }
  // Last, so that nobody but the client can make a token count as used.
  switch (state.replay.note(client->config.name, token->id, token->expires + clock_skew, now)) {
    case ReplayStore::Seen::first:
      return Caller{client->config.name, token->tenant};
    case ReplayStore::Seen::before:
      return Denied{401, "the token was used before: make one for each call"};
    case ReplayStore::Seen::full:
      return Denied{401, "too many tokens of this client are under way; let them expire sooner"};
  }
  return Denied{};
}
}  // namespace

press::PlainHttp plain_http_of(const Config& config) {
  const bool has_tls = !config.tls.certificate.empty();
  const auto colon = config.listen.rfind(':');
  const press::Address listens{"http", config.listen.substr(0, colon), "", "/", ""};
  return !has_tls && listens.is_loopback() ? press::PlainHttp::to_loopback
                                           : press::PlainHttp::never;
}

std::vector<Error> check_clients(const Config& config) {
  const press::PlainHttp plain = plain_http_of(config);
  std::vector<Error> faults;
  for (const ClientConfig& client : config.clients) {
    const std::string section = "[client." + client.name + "]";
    const auto check_address = [&](std::string_view key, const std::string& text) {
      if (const auto address = press::read_address(text, plain); !address) {
        faults.push_back({address.error().kind, section,
                          std::string(key) + " cannot be used: " + address.error().what});
      }
    };
    if (is_key_file(client.jwks) && !client.jwks.empty()) {
      if (auto keys = read_key_file(client.jwks); !keys) faults.push_back(std::move(keys.error()));
    } else if (!client.jwks.empty()) {
      check_address("jwks", client.jwks);
    }
    for (const std::string& address : client.jku) check_address("jku", address);
    for (const std::string& server : client.fhir_servers) check_address("fhir-servers", server);
  }
  return faults;
}

Gate make_gate(const Config& config, GateWorld world) {
  if (config.clients.empty()) {
    return [](const Request&, std::string_view, Network) -> Verdict { return Caller{}; };
  }
  const press::PlainHttp plain = plain_http_of(config);
  const auto source = [&](const std::string& place) {
    return std::make_unique<KeySource>(place, plain, world.fetch, world.clock);
  };
  auto state = std::make_shared<State>(world.clock, world.most_remembered);
  for (const ClientConfig& client : config.clients) {
    Trusted trusted{client, client.jwks.empty() ? nullptr : source(client.jwks), {}};
    for (const std::string& address : client.jku) trusted.listed.push_back(source(address));
    state->clients.push_back(std::move(trusted));
  }
  return [state](const Request& request, std::string_view url, Network network) {
    return judge(*state, request, url, network);
  };
}
}  // namespace legwork::plugin
