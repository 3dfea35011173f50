#include "press/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace legwork::press {
Result<MappedFile> map_file(const std::string& path) {
  const auto refused = [&] {
    return refuse(errno == ENOENT ? ErrorKind::missing : ErrorKind::unavailable, path,
                  "cannot be read: " + std::generic_category().message(errno));
  };
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return refused();
  const std::shared_ptr<void> closed(nullptr, [file](void*) { ::close(file); });
  struct stat status {};
  if (::fstat(file, &status) != 0) return refused();
  if (!S_ISREG(status.st_mode)) return refuse(ErrorKind::unavailable, path, "is not a file");
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return refuse(ErrorKind::malformed, path, "is empty");
  void* bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  if (bytes == MAP_FAILED) return refused();
  return MappedFile{{bytes, [size](void* mapped) { ::munmap(mapped, size); }},
                    {static_cast<const char*>(bytes), size}};
}
}  // namespace legwork::press
