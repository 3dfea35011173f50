#pragma once

#include <string>
#include <string_view>

namespace legwork::batch::sample {
/// A folder of its own, gone when the test is over.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::string& path() const { return path_; }
  std::string write(std::string_view name, std::string_view bytes) const;  ///< gives its path

 private:
  std::string path_;
};

/// As gzip and zstd pack it: one member, one frame.
std::string gzip(std::string_view text);
std::string zstd(std::string_view text);
}  // namespace legwork::batch::sample
