#pragma once

#include <functional>
#include <memory>
#include <string>

// A web server of the tests' own, on this machine, with or without TLS: plain sockets, a thread for
// each connection. It answers with whatever bytes a test wants, also with what no sound server
// sends.

namespace legwork::press::sample {
/// A certificate, signed by itself, with its key, as PEM.
struct Certificate {
  std::string certificate, key;
};
/// `name`: "IP:127.0.0.1" or "DNS:ehr.example.org"
Certificate make_certificate(const std::string& name);

class WebServer {
 public:
  /// From the head of a request ("GET /x HTTP/1.1\r\n…") to the bytes of the answer; called on the
  /// thread of the connection. "" ends the connection.
  using Answer = std::function<std::string(const std::string& head)>;

  explicit WebServer(Answer answer);
  WebServer(Answer answer, const Certificate& certificate);
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  /// "http://127.0.0.1:1234" or https.
  std::string base() const;
  int connections() const;  ///< that were opened so far

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

/// A whole answer of HTTP/1.1 with this body; `more`: header lines, each with its \r\n.
std::string answer_of(int status, const std::string& body, const std::string& more = {});
}  // namespace legwork::press::sample
