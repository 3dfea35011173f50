#pragma once

#include "base/result.hpp"
#include "bulk/outside.hpp"
#include "bulk/signing_key.hpp"
#include "press/address.hpp"

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace legwork::bulk {
/// A client that is registered with the server.
struct Credentials {
  std::string client_id;
  SigningKey key;
  std::string token_url;  ///< "": as the server's smart-configuration says
  std::string scope;      ///< "": to read the types that are asked for, in the server's dialect
};

/// Access tokens by SMART Backend Services: asked for when needed, renewed before they expire, held
/// in memory only. Safe to call from any thread.
/// Source: https://hl7.org/fhir/smart-app-launch/STU2.1/backend-services.html
class Tokens {
 public:
  /// `types`: that will be read; none: all. Without credentials the server is taken to be open.
  Tokens(std::optional<Credentials> credentials, press::Address base, press::PlainHttp plain,
         std::vector<std::string> types, Outside outside);

  /// A token for the next request; "" where the client has no credentials.
  /// Errors: unavailable  no answer, or not now
  ///         unsupported  the server does not take this client, with OAuth's code for why
  ///         missing      the server does not say where tokens are to be had
  Result<std::string> current();

  /// This one was answered with 401: another is asked for next time.
  void refused(const std::string& token);

  bool has_credentials() const { return credentials_.has_value(); }

 private:
  Result<void> discover();
  Result<void> renew();
  Result<press::Outgoing> token_request(const press::Address& endpoint) const;
  Result<press::Fetched> ask(const std::function<Result<press::Outgoing>()>& make) const;

  const std::optional<Credentials> credentials_;
  const press::Address base_;
  const press::PlainHttp plain_;
  const std::vector<std::string> types_;
  const Outside outside_;

  std::mutex mutex_;
  std::string token_url_, scope_;
  std::string token_;
  std::chrono::system_clock::time_point renew_at_;
};
}  // namespace legwork::bulk
