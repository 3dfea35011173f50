#include "plugin/site_key.hpp"

#include "base/digest.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace legwork::plugin {
namespace {
constexpr std::size_t key_size = 32;
constexpr std::size_t largest_key = 4096;

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
  return refuse(ErrorKind::unavailable, path,
                fmt::format("{}: {}; give another key-file", what, std::strerror(errno)));
}

Result<SiteKey> make(const std::string& path) {
  SiteKey key{std::string(key_size, '\0')};
  if (RAND_bytes(reinterpret_cast<unsigned char*>(key.bytes.data()), int(key_size)) != 1)
    return refuse(ErrorKind::unavailable, path, "the system has no random bytes; try again");
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.is_open()) return system_refuses(path, "the key cannot be made");
  if (::write(file.number(), key.bytes.data(), key_size) != ssize_t(key_size) ||
      ::fsync(file.number()) != 0) {
    auto refused = system_refuses(path, "the key cannot be written");
    ::unlink(path.c_str());
    return refused;
  }
  return key;
}
}  // namespace

Result<SiteKey> load_site_key(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open())
    return errno == ENOENT ? make(path) : system_refuses(path, "the key cannot be read");
  struct stat about {};
  if (::fstat(file.number(), &about) != 0) return system_refuses(path, "the key cannot be read");
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return refuse(ErrorKind::unsupported, path,
                  "others than its owner may read this key; make it chmod 600");
  SiteKey key{std::string(largest_key, '\0')};
  const auto size = ::read(file.number(), key.bytes.data(), largest_key);
  if (size < 0) return system_refuses(path, "the key cannot be read");
  key.bytes.resize(std::size_t(size));
  if (key.bytes.size() < key_size)
    return refuse(ErrorKind::malformed, path,
                  "holds fewer than 32 bytes, which is no key; give a file that does not exist "
                  "yet, and it is made");
  return key;
}

std::string keyed_hash(const SiteKey& key, std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) text.append(std::to_string(part.size())).append(":").append(part);
  return hmac_sha256(key.bytes, text);
}
}  // namespace legwork::plugin
