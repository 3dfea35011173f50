#include "bulk/tokens.hpp"

#include "bulk/answer.hpp"
#include "press/base64url.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace legwork::bulk {
namespace {
namespace json = boost::json;
using std::chrono::seconds;

constexpr seconds assertion_life{240};  // SMART allows five minutes
constexpr seconds answer_time{60};
constexpr seconds spare{30};  // a token that is about to expire may do so on its way

Result<json::object> read_object(const std::string& text, const std::string& where) {
  std::error_code error;
  auto value = json::parse(text, error);
  if (error || !value.is_object())
    return refuse(ErrorKind::malformed, where, "answered with something else than JSON");
  return std::move(value.get_object());
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool lists(const json::object& object, std::string_view name, std::string_view wanted) {
  const auto* list = object.if_contains(name);
  return list != nullptr && list->is_array() &&
         std::ranges::any_of(list->get_array(), [&](const json::value& one) {
           return one.is_string() && one.get_string() == wanted;
         });
}

/// "system/*.rs", or one for each type; `.read` for servers that know the first version only.
std::string scope_for(const std::vector<std::string>& types, std::string_view right) {
  if (types.empty()) return fmt::format("system/*.{}", right);
  std::vector<std::string> scopes;
  for (const auto& type : types) scopes.push_back(fmt::format("system/{}.{}", type, right));
  return fmt::format("{}", fmt::join(scopes, " "));
}

/// What may stand in a header and end it nowhere.
bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F'; });
}

/// OAuth's code for a refusal ("invalid_client"), and nothing else of the answer.
std::string oauth_code(const press::Fetched& answer) {
  std::error_code error;
  const auto value = json::parse(answer.body, error);
  if (error || !value.is_object()) return {};
  auto code = text_of(value.get_object(), "error");
  const bool sound = code.size() <= 40 && std::ranges::all_of(code, [](char c) {
                       return (c >= 'a' && c <= 'z') || c == '_';
                     });
  return sound ? code : std::string();
}

Result<std::string> random_id() {
  std::array<unsigned char, 24> bytes{};
  if (RAND_bytes(bytes.data(), int(bytes.size())) != 1)
    return refuse(ErrorKind::unavailable, "random numbers", "the system has none; try again");
  return press::encode_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}
}  // namespace

Tokens::Tokens(std::optional<Credentials> credentials, press::Address base, press::PlainHttp plain,
               std::vector<std::string> types, Outside outside)
    : credentials_(std::move(credentials)),
      base_(std::move(base)),
      plain_(plain),
      types_(std::move(types)),
      outside_(std::move(outside)) {
  if (credentials_) {
    token_url_ = credentials_->token_url;
    scope_ = credentials_->scope;
  }
}

Result<std::string> Tokens::current() {
  if (!credentials_) return std::string();
  const std::scoped_lock lock(mutex_);
  if (!token_.empty() && outside_.clock() < renew_at_) return token_;
  if (auto found = discover(); !found) return tl::unexpected(found.error());
  if (auto made = renew(); !made) return tl::unexpected(made.error());
  return token_;
}

void Tokens::refused(const std::string& token) {
  const std::scoped_lock lock(mutex_);
  if (token == token_) token_.clear();  // another thread may have renewed it by now
}

/// Asks, and asks again where the server may only be busy: with a request made anew, as no
/// assertion may be used twice.
Result<press::Fetched> Tokens::ask(const std::function<Result<press::Outgoing>()>& make) const {
  const bool had_one = renew_at_ != std::chrono::system_clock::time_point();
  const unsigned most = had_one ? most_failures : most_first_failures;
  for (Tries tries;;) {
    const auto request = make();
    if (!request) return tl::unexpected(request.error());
    const press::Patience patience{std::chrono::steady_clock::now() + answer_time, outside_.stop};
    auto answer = std::move(outside_.fetch({&*request, 1}, patience).front());
    const bool not_yet = answer && answer->status == 202;
    const auto step = after_poll(answer, tries);
    const auto* wait = std::get_if<Wait>(&step);
    if (wait == nullptr || not_yet || tries.waits + tries.failures > most) return answer;
    if (!outside_.pause(wait->pause))
      return refuse(ErrorKind::unavailable, request->address.host, "told to stop");
  }
}

/// Where tokens are to be had, and how scopes are written, unless both are known.
Result<void> Tokens::discover() {
  if (!token_url_.empty() && !scope_.empty()) return {};
  press::Outgoing request{base_, {{"Accept", "application/json"}}};
  request.address.path =
      std::string(press::without_last_slash(base_.path)) + "/.well-known/smart-configuration";
  const auto answer = ask([&] { return Result<press::Outgoing>(request); });
  if (!answer) return tl::unexpected(answer.error());
  if (answer->status != 200 && !token_url_.empty()) {
    scope_ = scope_for(types_, "rs");
    return {};
  }
  if (answer->status != 200)
    return refuse(ErrorKind::missing, base_.host,
                  fmt::format("has no .well-known/smart-configuration (it {}); give --token-url",
                              said(*answer)));
  const auto said_there = read_object(answer->body, base_.host);
  if (!said_there) return tl::unexpected(said_there.error());
  if (token_url_.empty()) token_url_ = text_of(*said_there, "token_endpoint");
  if (token_url_.empty())
    return refuse(ErrorKind::missing, base_.host,
                  "does not say in its smart-configuration where tokens are to be had; give "
                  "--token-url");
  const bool first_version = lists(*said_there, "capabilities", "permission-v1") &&
                             !lists(*said_there, "capabilities", "permission-v2");
  if (scope_.empty()) scope_ = scope_for(types_, first_version ? "read" : "rs");
  return {};
}

/// The request for a token, by which the client proves who it is.
Result<press::Outgoing> Tokens::token_request(const press::Address& endpoint) const {
  const auto id = random_id();
  if (!id) return tl::unexpected(id.error());
  const auto now = std::chrono::duration_cast<seconds>(outside_.clock().time_since_epoch());
  const json::object claims{{"iss", credentials_->client_id},
                            {"sub", credentials_->client_id},
                            {"aud", token_url_},
                            {"iat", now.count()},
                            {"exp", (now + assertion_life).count()},
                            {"jti", *id}};
  const auto assertion = sign(credentials_->key, json::serialize(claims));
  if (!assertion) return tl::unexpected(assertion.error());
  press::Outgoing request{
      endpoint,
      {{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}}};
  request.method = "POST";
  request.body = fmt::format(
      "grant_type=client_credentials&scope={}&client_assertion_type={}&client_assertion={}",
      press::percent_encoded(scope_),
      press::percent_encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), *assertion);
  return request;
}

Result<void> Tokens::renew() {
  const auto endpoint = press::resolve(base_, token_url_, plain_);
  if (!endpoint) return refuse(endpoint.error().kind, "token endpoint", endpoint.error().what);
  const auto asked_at = outside_.clock();
  const auto answer = ask([&] { return token_request(*endpoint); });
  if (!answer) return tl::unexpected(answer.error());
  if (answer->status != 200) {
    const bool busy = answer->status >= 500 || answer->status == 429;
    const auto code = oauth_code(*answer);
    return refuse(busy ? ErrorKind::unavailable : ErrorKind::unsupported, endpoint->host,
                  fmt::format("gives this client no token: answered {}{}", answer->status,
                              code.empty() ? "" : " (" + code + ")"));
  }
  const auto given = read_object(answer->body, endpoint->host);
  if (!given) return tl::unexpected(given.error());
  auto token = text_of(*given, "access_token");
  if (!is_token(token))
    return refuse(ErrorKind::malformed, endpoint->host,
                  "answered without a token that can be sent");
  const auto* life = given->if_contains("expires_in");
  const auto lives = seconds(life != nullptr && life->is_int64() ? life->get_int64() : 60);
  token_ = std::move(token);
  renew_at_ = asked_at + lives - std::min(spare, lives / 2);
  return {};
}
}  // namespace legwork::bulk
