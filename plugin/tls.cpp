#include "plugin/tls.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <ctime>
#include <string_view>

namespace legwork::plugin {
namespace {
using Context = std::shared_ptr<SSL_CTX>;

/// Forward secrecy and authenticated encryption; the names are OpenSSL's. TLS 1.3 has no others.
constexpr const char* ciphers_of_1_2 = "ECDHE+AESGCM:ECDHE+CHACHA20";

/// Only HTTP/1.1 is spoken: a client that offers more takes it, one that offers only others is
/// told.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  static constexpr unsigned char http_1_1[] = "\x08http/1.1";
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, http_1_1, sizeof http_1_1 - 1, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

/// OpenSSL's own words for what went wrong last: they hold no more than names of functions.
std::string reason() {
  const auto code = ERR_peek_last_error();
  const char* const words = ERR_reason_error_string(code);
  ERR_clear_error();
  return words != nullptr ? words : "OpenSSL gives no reason";
}

tl::unexpected<Error> unusable(const std::string& file, std::string_view what) {
  return refuse(ErrorKind::unsupported, file, fmt::format("{}: {}", what, reason()));
}

/// Size, time and number of a file: a new one differs in one of them, also one that took its name.
std::string stamp(const std::string& file) {
  struct stat is {};
  if (::stat(file.c_str(), &is) != 0) return "none";
  return fmt::format("{}:{}:{}.{}", is.st_ino, is.st_size, is.st_mtim.tv_sec, is.st_mtim.tv_nsec);
}

std::string stamp(const TlsConfig& files) {
  return stamp(files.certificate) + "," + stamp(files.key);
}

void set_rules(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, ciphers_of_1_2);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

Result<Context> read(const TlsConfig& files) {
  for (const auto& file : {files.certificate, files.key})
    if (stamp(file) == "none")
      return refuse(ErrorKind::missing, file, "is not there; name a PEM file under [tls]");
  ERR_clear_error();
  Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context) return unusable(files.certificate, "cannot be used");
  set_rules(context.get());
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1)
    return unusable(files.certificate, "holds no certificate that can be used");
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1)
    return unusable(files.key, "is not the key of the certificate, or has a password");
  if (X509_cmp_current_time(X509_get0_notAfter(SSL_CTX_get0_certificate(context.get()))) <= 0)
    return refuse(ErrorKind::unsupported, files.certificate, "has expired; put a new one there");
  return context;
}
}  // namespace

Result<std::unique_ptr<Tls>> Tls::load(const TlsConfig& files) {
  std::unique_ptr<Tls> tls(new Tls(files));
  if (const auto read = tls->reload(); !read) return tl::unexpected(read.error());
  return tls;
}

std::shared_ptr<ssl_ctx_st> Tls::context() const {
  const std::lock_guard lock(mutex_);
  return context_;
}

std::chrono::system_clock::time_point Tls::end() const {
  std::tm when{};
  ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(context().get())), &when);
  return std::chrono::system_clock::from_time_t(::timegm(&when));
}

bool Tls::changed() const {
  const auto now = stamp(files_);
  const std::lock_guard lock(mutex_);
  return now != seen_;
}

Result<void> Tls::reload() {
  auto now = stamp(files_);
  auto fresh = read(files_);
  const std::lock_guard lock(mutex_);
  seen_ = std::move(now);
  if (!fresh) return tl::unexpected(fresh.error());
  context_ = std::move(*fresh);
  return {};
}
}  // namespace legwork::plugin
