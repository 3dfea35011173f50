#include "press/secret.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace legwork::press {
namespace {
constexpr std::size_t secret_size = 32;
constexpr std::size_t largest_secret = 32'768;  // a JWK Set with a few RSA keys

/// An open file, closed when it goes.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

tl::unexpected<Error> system_refuses(const std::string& path, std::string_view what) {
  return refuse(errno == ENOENT ? ErrorKind::missing : ErrorKind::unavailable, path,
                fmt::format("{}: {}; give another file", what, std::strerror(errno)));
}

/// Beside its place first, so that nobody ever finds half of it there.
Result<std::string> make(const std::string& path) {
  std::string secret(secret_size, '\0');
  if (::getrandom(secret.data(), secret.size(), 0) != ssize_t(secret.size()))
    return refuse(ErrorKind::unavailable, path, "the system has no random bytes; try again");
  const auto part = fmt::format("{}.{}.part", path, ::getpid());
  const Descriptor file(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file.is_open()) return system_refuses(path, "the key cannot be made");
  const bool written =
      ::write(file.number(), secret.data(), secret.size()) == ssize_t(secret.size());
  Result<std::string> made = secret;
  if (!written || ::fsync(file.number()) != 0 || ::link(part.c_str(), path.c_str()) != 0)
    made = system_refuses(path, "the key cannot be written");
  ::unlink(part.c_str());
  return made;
}
}  // namespace

Result<std::string> read_secret(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about {};
  if (!file.is_open() || ::fstat(file.number(), &about) != 0)
    return system_refuses(path, "the key cannot be read");
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return refuse(ErrorKind::unsupported, path,
                  "others than its owner may read this key; make it chmod 600");
  std::string secret(largest_secret, '\0');
  const auto size = ::read(file.number(), secret.data(), secret.size());
  if (size < 0) return system_refuses(path, "the key cannot be read");
  secret.resize(std::size_t(size));
  if (secret.size() < secret_size)
    return refuse(ErrorKind::malformed, path,
                  "holds fewer than 32 bytes, which is no key; make one with `head -c 32 "
                  "/dev/urandom`, readable by its owner alone");
  return secret;
}

Result<std::string> read_or_make_secret(const std::string& path) {
  auto secret = read_secret(path);
  const bool absent = !secret && secret.error().kind == ErrorKind::missing;
  return absent ? make(path) : secret;
}
}  // namespace legwork::press
