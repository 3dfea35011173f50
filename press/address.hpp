#pragma once

#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace legwork::press {
/// Whether http may be spoken: only to this machine, and only where legwork itself is a try-out on
/// loopback. Elsewhere all that leaves is https.
enum class PlainHttp : unsigned char { never, to_loopback };

/// A web address, as the library that fetches it reads it: there is no second opinion on what its
/// host is.
struct Address {
  std::string scheme;  ///< "https" or "http"
  std::string host;    ///< lower case: "ehr.example.org", "[::1]"
  std::string port;    ///< "443", also where it is not written
  std::string path;    ///< "/fhir/Patient"; "." and ".." are resolved
  std::string query;   ///< without "?"

  std::string text() const;
  bool is_loopback() const;  ///< 127.0.0.0/8, [::1] or localhost
  friend bool operator==(const Address&, const Address&) = default;
};

/// Whether a slash, dot or backslash may hide in a path as %2F, %2E or %5C. Where the path decides
/// on what is allowed it may not; stores of files have such names.
enum class HiddenPath : unsigned char { refused, taken };

/// Reads an absolute address. None with a user, a fragment, white space, or a hidden path.
/// Errors: malformed    no address, or one of those
///         unsupported  not https; http where `plain` forbids it
/// No error quotes the address: queries hold patients' ids.
Result<Address> read_address(std::string_view text, PlainHttp plain,
                             HiddenPath hidden = HiddenPath::refused);

/// What a relative reference means on a page at `base`: "?page=2", "/fhir/Patient".
/// Errors: as read_address
Result<Address> resolve(const Address& base, std::string_view reference, PlainHttp plain,
                        HiddenPath hidden = HiddenPath::refused);

/// Whether two addresses have scheme, host and port in common.
bool is_same_server(const Address& a, const Address& b);

/// Whether an address is on the same server as the base address of a FHIR API, and below it.
bool is_below(const Address& address, const Address& base);

/// The base address of a FHIR API, or an issuer, without what makes no difference: a slash at the
/// end.
std::string_view without_last_slash(std::string_view url);

/// A text as a value in a query or a form. Source: RFC 3986 section 2.1
std::string percent_encoded(std::string_view text);
}  // namespace legwork::press
