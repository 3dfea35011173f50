#include "press/address.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace legwork::press {
namespace {
struct ReleaseUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, ReleaseUrl>;

std::string part(const Url& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return lower(c); });
  return text;
}

/// White space and control characters in an address, and a backslash, which some read as a slash.
bool has_odd_characters(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7F' || c == '\\';
  });
}

bool hides_path(std::string_view path) {
  const std::string lowered = lower(std::string(path));
  return lowered.find("%2e") != lowered.npos || lowered.find("%2f") != lowered.npos ||
         lowered.find("%5c") != lowered.npos;
}

auto refuse_address(ErrorKind kind, std::string what) {
  return refuse(kind, "address", std::move(what));
}

Result<Address> checked(const Url& url, PlainHttp plain, HiddenPath hidden) {
  if (!part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty()) {
    return refuse_address(ErrorKind::malformed, "it names a user");
  }
  if (!part(url, CURLUPART_FRAGMENT).empty()) {
    return refuse_address(ErrorKind::malformed, "it has a fragment");
  }
  Address address{lower(part(url, CURLUPART_SCHEME)), lower(part(url, CURLUPART_HOST)),
                  part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT), part(url, CURLUPART_PATH),
                  part(url, CURLUPART_QUERY)};
  if (address.host.empty()) return refuse_address(ErrorKind::malformed, "it has no host");
  if (hidden == HiddenPath::refused && hides_path(address.path)) {
    return refuse_address(ErrorKind::malformed, "its path hides a dot or a slash");
  }
  const bool plain_here = plain == PlainHttp::to_loopback && address.is_loopback();
  if (address.scheme != "https" && !(address.scheme == "http" && plain_here)) {
    return refuse_address(ErrorKind::unsupported, "it is not https");
  }
  return address;
}
}  // namespace

std::string Address::text() const {
  const bool usual = (scheme == "https" && port == "443") || (scheme == "http" && port == "80");
  std::string made = scheme + "://" + host;
  if (!usual) made += ":" + port;
  made += path;
  if (!query.empty()) made += "?" + query;
  return made;
}

bool Address::is_loopback() const {
  if (host == "localhost" || host == "[::1]") return true;
  // Only what is an IPv4 address throughout: "127.example.org" is anybody's.
  const bool numbers =
      std::ranges::all_of(host, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  return numbers && host.starts_with("127.") && std::ranges::count(host, '.') == 3;
}

Result<Address> read_address(std::string_view text, PlainHttp plain, HiddenPath hidden) {
  const Url url(curl_url());
  const bool read =
      !has_odd_characters(text) && curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(),
                                                CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
  if (!read) return refuse_address(ErrorKind::malformed, "it is not an absolute web address");
  return checked(url, plain, hidden);
}

Result<Address> resolve(const Address& base, std::string_view reference, PlainHttp plain,
                        HiddenPath hidden) {
  const Url url(curl_url());
  const bool read = !reference.empty() && !has_odd_characters(reference) &&
                    curl_url_set(url.get(), CURLUPART_URL, base.text().c_str(), 0) == CURLUE_OK &&
                    curl_url_set(url.get(), CURLUPART_URL, std::string(reference).c_str(),
                                 CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
  if (!read) return refuse_address(ErrorKind::malformed, "it is not a web address");
  return checked(url, plain, hidden);
}

bool is_same_server(const Address& a, const Address& b) {
  return a.scheme == b.scheme && a.host == b.host && a.port == b.port;
}

bool is_below(const Address& address, const Address& base) {
  if (!is_same_server(address, base)) return false;
  const std::string_view root = without_last_slash(base.path);
  if (!std::string_view(address.path).starts_with(root)) return false;
  return address.path.size() == root.size() || address.path[root.size()] == '/';
}

std::string_view without_last_slash(std::string_view url) {
  if (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string made;
  for (const char c : text) {
    const char small = lower(c);
    const bool plain = (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      made += c;
    else
      made += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return made;
}
}  // namespace legwork::press
