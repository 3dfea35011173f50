#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace legwork::batch {
/// An open file, closed when it goes. What fails leaves its reason in errno.
class File {
 public:
  /// `flags` and `mode` as open(2) has them.
  File(const std::string& path, int flags, unsigned mode = 0600);
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  bool write(std::string_view bytes) const;     ///< all of them
  bool read(char* to, std::size_t size) const;  ///< as many as asked for
  bool write_at(std::uint64_t place, std::string_view bytes) const;
  bool read_at(std::uint64_t place, char* to, std::size_t size) const;
  void release(std::uint64_t place,
               std::uint64_t size) const;  ///< these bytes' room on disk, if it can
  bool cut(std::uint64_t length) const;    ///< to that length, and on from there
  bool seek(std::uint64_t place) const;
  bool sync() const;      ///< they are on disk
  bool sync_all() const;  ///< everything on its file system is

 private:
  int handle_;
};
}  // namespace legwork::batch
