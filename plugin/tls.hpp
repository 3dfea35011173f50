#pragma once

#include "base/result.hpp"
#include "plugin/config.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace legwork::plugin {
/// A certificate and its key, as they were last found sound. May be used from any thread.
class Tls {
 public:
  /// Errors: missing      a file is not there
  ///         unsupported  not a certificate with its key; expired; key too weak for TLS
  static Result<std::unique_ptr<Tls>> load(const TlsConfig& files);

  /// For a new connection. Those that are open keep what they began with.
  std::shared_ptr<ssl_ctx_st> context() const;
  /// When the certificate in use ends.
  std::chrono::system_clock::time_point end() const;

  /// Whether a file is not as it was when it was last read.
  bool changed() const;
  /// Reads the files again. Where they are not sound, what was in use stays in use.
  Result<void> reload();

 private:
  explicit Tls(TlsConfig files) : files_(std::move(files)) {}

  TlsConfig files_;
  mutable std::mutex mutex_;
  std::shared_ptr<ssl_ctx_st> context_;
  std::string seen_;  ///< size, time and number of the files when they were last read
};
}  // namespace legwork::plugin
