#include "plugin/jwt.hpp"

#include "press/base64url.hpp"

#include <fmt/format.h>
#include <jansson.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace legwork::plugin {
namespace {
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::string_view place = "Authorization";

auto refuse_token(ErrorKind kind, std::string what) {
  return refuse(kind, std::string(place), std::move(what));
}

struct ReleaseJson {
  void operator()(json_t* json) const { json_decref(json); }
};
using Json = std::unique_ptr<json_t, ReleaseJson>;

/// A JSON object in base64url; nothing where it is no such thing, or has a name twice.
Json read_object(std::string_view part) {
  const auto text = press::decode_base64url(part);
  if (!text) return {};
  Json json(json_loadb(text->data(), text->size(), JSON_REJECT_DUPLICATES, nullptr));
  return json_is_object(json.get()) ? std::move(json) : Json();
}

/// A member that must be a text of some, but not too many, characters. `what` says what it is in a
/// refusal: "header parameter 'kid'".
Result<std::string> text_of(const Json& object, const char* name, std::string_view what) {
  const json_t* const member = json_object_get(object.get(), name);
  if (member == nullptr) return refuse_token(ErrorKind::missing, fmt::format("{} is absent", what));
  if (!json_is_string(member)) {
    return refuse_token(ErrorKind::malformed, fmt::format("{} is not a string", what));
  }
  std::string text(json_string_value(member), json_string_length(member));
  if (text.empty()) return refuse_token(ErrorKind::missing, fmt::format("{} is empty", what));
  if (text.size() > longest_token_text) {
    return refuse_token(ErrorKind::malformed,
                        fmt::format("{} is longer than {} bytes", what, longest_token_text));
  }
  return text;
}

/// The same, of one that may be absent.
Result<std::string> optional_text(const Json& object, const char* name, std::string_view what) {
  if (json_object_get(object.get(), name) == nullptr) return std::string();
  return text_of(object, name, what);
}

/// A NumericDate: seconds since 1970, perhaps with a fraction. One beyond the year 9999 is none.
Result<sys_seconds> time_of(const Json& claims, const char* name) {
  const json_t* const member = json_object_get(claims.get(), name);
  if (member == nullptr) {
    return refuse_token(ErrorKind::missing, fmt::format("claim '{}' is absent", name));
  }
  constexpr double end_of_9999 = 253402300799;
  const double value = json_is_number(member) ? json_number_value(member) : -1;
  if (!(value >= 0 && value <= end_of_9999)) {
    return refuse_token(ErrorKind::malformed, fmt::format("claim '{}' is not a date", name));
  }
  return sys_seconds(seconds(static_cast<std::int64_t>(std::floor(value))));
}

Result<std::vector<std::string>> audience_of(const Json& claims) {
  const json_t* const member = json_object_get(claims.get(), "aud");
  if (member == nullptr) return refuse_token(ErrorKind::missing, "claim 'aud' is absent");
  const auto text = [](const json_t* json) {
    return std::string(json_string_value(json), json_string_length(json));
  };
  if (json_is_string(member)) return std::vector{text(member)};
  std::vector<std::string> all;
  for (std::size_t at = 0; at < json_array_size(member); ++at) {
    const json_t* const one = json_array_get(member, at);
    if (!json_is_string(one)) {
      return refuse_token(ErrorKind::malformed, "claim 'aud' holds what is not a string");
    }
    all.push_back(text(one));
  }
  if (!json_is_array(member)) {
    return refuse_token(ErrorKind::malformed, "claim 'aud' is neither a string nor an array");
  }
  return all;
}

/// "JWT", in any case, as RFC 7519 section 5.1 has it; "application/jwt" is the same type.
bool is_jwt(std::string_view type) {
  constexpr std::string_view prefix = "application/";
  const auto same = [](std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return (x | 0x20) == (y | 0x20); });
  };
  if (type.size() > prefix.size() && same(type.substr(0, prefix.size()), prefix)) {
    type.remove_prefix(prefix.size());
  }
  return same(type, "jwt");
}

Result<void> read_header(std::string_view part, Token& token) {
  const Json header = read_object(part);
  if (!header) {
    return refuse_token(ErrorKind::malformed,
                        "the token's header is not a JSON object in base64url with each name once");
  }
  if (json_object_get(header.get(), "crit") != nullptr) {
    return refuse_token(ErrorKind::unsupported,
                        "the token's header holds 'crit': no extension is understood");
  }
  auto algorithm = text_of(header, "alg", "header parameter 'alg'");
  if (!algorithm) return tl::unexpected(algorithm.error());
  if (!is_trusted_algorithm(*algorithm)) {
    return refuse_token(ErrorKind::unsupported,
                        "the token's algorithm is not taken: sign with ES384 or RS384");
  }
  const auto type = text_of(header, "typ", "header parameter 'typ'");
  if (!type) return tl::unexpected(type.error());
  if (!is_jwt(*type)) {
    return refuse_token(ErrorKind::unsupported, "header parameter 'typ' is not JWT");
  }
  auto key_id = text_of(header, "kid", "header parameter 'kid'");
  if (!key_id) return tl::unexpected(key_id.error());
  auto address = optional_text(header, "jku", "header parameter 'jku'");
  if (!address) return tl::unexpected(address.error());
  token.algorithm = std::move(*algorithm);
  token.key_id = std::move(*key_id);
  token.key_address = std::move(*address);
  return {};
}

Result<void> read_times(const Json& claims, Token& token) {
  const auto expires = time_of(claims, "exp");
  if (!expires) return tl::unexpected(expires.error());
  const auto issued = time_of(claims, "iat");
  if (!issued) return tl::unexpected(issued.error());
  token.expires = *expires;
  token.issued = *issued;
  if (json_object_get(claims.get(), "nbf") == nullptr) return {};
  const auto not_before = time_of(claims, "nbf");
  if (!not_before) return tl::unexpected(not_before.error());
  token.not_before = *not_before;
  return {};
}

Result<void> read_claims(std::string_view part, Token& token) {
  const Json claims = read_object(part);
  if (!claims) {
    return refuse_token(
        ErrorKind::malformed,
        "the token's claims are not a JSON object in base64url with each name once");
  }
  auto issuer = text_of(claims, "iss", "claim 'iss'");
  if (!issuer) return tl::unexpected(issuer.error());
  auto id = text_of(claims, "jti", "claim 'jti'");
  if (!id) return tl::unexpected(id.error());
  auto tenant = optional_text(claims, "tenant", "claim 'tenant'");
  if (!tenant) return tl::unexpected(tenant.error());
  auto audience = audience_of(claims);
  if (!audience) return tl::unexpected(audience.error());
  token.issuer = std::move(*issuer);
  token.id = std::move(*id);
  token.tenant = std::move(*tenant);
  token.audience = std::move(*audience);
  return read_times(claims, token);
}

std::string_view without_slash(std::string_view url) {
  if (url.ends_with('/')) url.remove_suffix(1);
  return url;
}
}  // namespace

bool is_trusted_algorithm(std::string_view algorithm) {
  constexpr std::array<std::string_view, 4> trusted{"ES384", "RS384", "ES512", "RS512"};
  return std::ranges::find(trusted, algorithm) != trusted.end();
}

Result<Token> read_token(std::string_view compact) {
  if (compact.size() > longest_token) {
    return refuse_token(ErrorKind::malformed,
                        fmt::format("the token is longer than {} characters", longest_token));
  }
  const auto first = compact.find('.');
  const auto second = first == compact.npos ? first : compact.find('.', first + 1);
  if (second == compact.npos || compact.find('.', second + 1) != compact.npos) {
    return refuse_token(ErrorKind::malformed, "the token is not a compact JWS of three parts");
  }
  Token token;
  if (auto read = read_header(compact.substr(0, first), token); !read) {
    return tl::unexpected(read.error());
  }
  if (auto read = read_claims(compact.substr(first + 1, second - first - 1), token); !read) {
    return tl::unexpected(read.error());
  }
  const auto signature = press::decode_base64url(compact.substr(second + 1));
  if (!signature || signature->empty()) {
    return refuse_token(ErrorKind::malformed, "the token's signature is not base64url");
  }
  return token;
}

Result<void> check_claims(const Token& token, std::string_view url, sys_seconds now) {
  const auto is_this = [&](const std::string& audience) {
    return without_slash(audience) == without_slash(url);
  };
  const auto refused = [](std::string what) {
    return refuse_token(ErrorKind::unsupported, std::move(what));
  };
  if (!std::ranges::any_of(token.audience, is_this)) {
    return refused(
        "claim 'aud' does not name the address that was called; compare it with base-url");
  }
  if (token.expires + clock_skew <= now) return refused("the token has expired");
  if (token.expires > now + longest_life + clock_skew) {
    return refused("claim 'exp' is more than an hour ahead: make a token for each call");
  }
  if (token.issued > now + clock_skew) {
    return refused("claim 'iat' is in the future: compare the clocks");
  }
  if (token.issued > token.expires) return refused("claim 'iat' is after 'exp'");
  if (token.not_before && *token.not_before > now + clock_skew) {
    return refused("claim 'nbf' is in the future");
  }
  return {};
}
}  // namespace legwork::plugin
