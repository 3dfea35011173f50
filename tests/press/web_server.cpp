#include "tests/press/web_server.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <list>
#include <mutex>
#include <thread>

namespace legwork::press::sample {
namespace {
std::string text_of(BIO* bio) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio, &text);
  std::string copy(text, std::size_t(size));
  BIO_free(bio);
  return copy;
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

/// One connection: bytes in and out, with TLS or without.
struct Connection {
  int socket;
  SSL* tls;

  int read(char* to, int size) const {
    return tls != nullptr ? SSL_read(tls, to, size) : int(::read(socket, to, std::size_t(size)));
  }
  bool write(const std::string& bytes) const {
    for (std::size_t at = 0; at < bytes.size();) {
      const auto rest = bytes.size() - at;
      const long sent = tls != nullptr ? SSL_write(tls, bytes.data() + at, int(rest))
                                       : ::send(socket, bytes.data() + at, rest, MSG_NOSIGNAL);
      if (sent <= 0) return false;
      at += std::size_t(sent);
    }
    return true;
  }
};
}  // namespace

struct WebServer::Inside {
  Answer answer;
  SSL_CTX* context = nullptr;
  int listener = -1;
  int port = 0;
  std::atomic<int> opened = 0;
  std::mutex mutex;
  std::list<std::thread> threads;
  std::list<int> sockets;
  std::thread accepts;

  void listen();
  void accept_all();
  void serve(int socket) const;
};

void WebServer::Inside::listen() {
  listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener, any, size) != 0 || ::listen(listener, 64) != 0) std::abort();
  ::getsockname(listener, any, &size);
  port = ntohs(address.sin_port);
  accepts = std::thread([this] { accept_all(); });
}

void WebServer::Inside::accept_all() {
  for (int socket = 0; (socket = ::accept(listener, nullptr, nullptr)) >= 0;) {
    ++opened;
    const std::scoped_lock lock(mutex);
    sockets.push_back(socket);
    threads.emplace_back([this, socket] { serve(socket); });
  }
}

void WebServer::Inside::serve(int socket) const {
  SSL* const tls = context != nullptr ? SSL_new(context) : nullptr;
  if (tls != nullptr) SSL_set_fd(tls, socket);
  const Connection connection{socket, tls};
  std::string held;
  char bytes[4096];
  bool open = tls == nullptr || SSL_accept(tls) == 1;
  while (open) {
    const auto end = held.find("\r\n\r\n");
    if (end == held.npos) {
      const int count = connection.read(bytes, sizeof bytes);
      open = count > 0;
      if (open) held.append(bytes, std::size_t(count));
      continue;
    }
    const std::string said = answer(held.substr(0, end + 4));
    held.erase(0, end + 4);
    open = !said.empty() && connection.write(said);
  }
  if (tls != nullptr) SSL_free(tls);
  ::shutdown(socket, SHUT_RDWR);
}

WebServer::WebServer(Answer answer) : inside_(std::make_unique<Inside>()) {
  inside_->answer = std::move(answer);
  inside_->listen();
}

WebServer::WebServer(Answer answer, const Certificate& certificate)
    : inside_(std::make_unique<Inside>()) {
  std::signal(SIGPIPE, SIG_IGN);  // a client may leave in the middle of SSL_write
  inside_->answer = std::move(answer);
  inside_->context = SSL_CTX_new(TLS_server_method());
  BIO* const bio =
      BIO_new_mem_buf(certificate.certificate.data(), int(certificate.certificate.size()));
  X509* const x509 = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  BIO* const key_bio = BIO_new_mem_buf(certificate.key.data(), int(certificate.key.size()));
  EVP_PKEY* const key = PEM_read_bio_PrivateKey(key_bio, nullptr, nullptr, nullptr);
  BIO_free(key_bio);
  SSL_CTX_use_certificate(inside_->context, x509);
  SSL_CTX_use_PrivateKey(inside_->context, key);
  X509_free(x509);
  EVP_PKEY_free(key);
  inside_->listen();
}

WebServer::~WebServer() {
  ::shutdown(inside_->listener, SHUT_RDWR);
  inside_->accepts.join();
  ::close(inside_->listener);
  for (const int socket : inside_->sockets) ::shutdown(socket, SHUT_RDWR);
  for (std::thread& thread : inside_->threads) thread.join();
  for (const int socket : inside_->sockets) ::close(socket);
  SSL_CTX_free(inside_->context);
}

std::string WebServer::base() const {
  return fmt::format("{}://127.0.0.1:{}", inside_->context != nullptr ? "https" : "http",
                     inside_->port);
}

int WebServer::connections() const { return inside_->opened; }

Certificate make_certificate(const std::string& name) {
  EVP_PKEY* const key = EVP_EC_gen("P-256");
  X509* const x509 = X509_new();
  X509_set_version(x509, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
  X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
  X509_set_pubkey(x509, key);
  X509_NAME* const subject = X509_get_subject_name(x509);
  const auto* const title = reinterpret_cast<const unsigned char*>("legwork test");
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, title, -1, -1, 0);
  X509_set_issuer_name(x509, subject);
  add_extension(x509, NID_subject_alt_name, name);
  add_extension(x509, NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(x509, key, EVP_sha256());
  Certificate made;
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, x509);
  made.certificate = text_of(bio);
  bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  made.key = text_of(bio);
  X509_free(x509);
  EVP_PKEY_free(key);
  return made;
}

std::string answer_of(int status, const std::string& body, const std::string& more) {
  return fmt::format("HTTP/1.1 {} Said\r\nContent-Length: {}\r\n{}\r\n{}", status, body.size(),
                     more, body);
}
}  // namespace legwork::press::sample
