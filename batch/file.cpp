#include "batch/file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace legwork::batch {
File::File(const std::string& path, int flags, unsigned mode)
    : handle_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}

File::~File() {
  if (handle_ >= 0) ::close(handle_);
}

namespace {
/// Does all of it, as often as the system does less than it was asked for. `some` gives how many
/// bytes.
template <class Some>
bool in_full(std::size_t size, Some some) {
  for (std::size_t done = 0; done < size;) {
    const auto now = some(done);
    if (now < 0 && errno == EINTR) continue;
    if (now <= 0) return false;
    done += static_cast<std::size_t>(now);
  }
  return true;
}
}  // namespace

bool File::write(std::string_view bytes) const {
  return handle_ >= 0 && in_full(bytes.size(), [&](std::size_t done) {
           return ::write(handle_, bytes.data() + done, bytes.size() - done);
         });
}

bool File::read(char* to, std::size_t size) const {
  return handle_ >= 0 &&
         in_full(size, [&](std::size_t done) { return ::read(handle_, to + done, size - done); });
}

bool File::write_at(std::uint64_t place, std::string_view bytes) const {
  return handle_ >= 0 && in_full(bytes.size(), [&](std::size_t done) {
           return ::pwrite(handle_, bytes.data() + done, bytes.size() - done,
                           static_cast<off_t>(place + done));
         });
}

bool File::read_at(std::uint64_t place, char* to, std::size_t size) const {
  return handle_ >= 0 && in_full(size, [&](std::size_t done) {
           return ::pread(handle_, to + done, size - done, static_cast<off_t>(place + done));
         });
}

void File::release(std::uint64_t place, std::uint64_t size) const {
  constexpr int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
  (void)::fallocate(handle_, mode, static_cast<off_t>(place), static_cast<off_t>(size));
}

bool File::cut(std::uint64_t length) const {
  return ::ftruncate(handle_, static_cast<off_t>(length)) == 0 && seek(length);
}

bool File::seek(std::uint64_t place) const {
  return ::lseek(handle_, static_cast<off_t>(place), SEEK_SET) >= 0;
}

bool File::sync() const { return ::fsync(handle_) == 0; }

bool File::sync_all() const { return ::syncfs(handle_) == 0; }
}  // namespace legwork::batch
