#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// DIR, and DIR/.fetch while a download goes on. In .fetch stand `state`, and of each file NAME
// either NAME.part with NAME.etag, or NAME.whole. No ending is one that `legwork batch` reads: half
// an export is never taken for a whole one.

namespace legwork::bulk {
/// What is known of a download that was begun. Holds no token; the addresses of files may be keys
/// to them, so only the owner may read it.
struct Begun {
  std::string request;             ///< a digest of what was asked of whom
  std::string job;                 ///< the address that the server gave the export
  std::vector<std::string> pages;  ///< of the manifest, as they were sent; none: not ready yet
};

class Folder {
 public:
  explicit Folder(std::string path) : path_(std::move(path)) {}
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

  /// Makes it, and keeps other processes out while this one lives.
  /// Errors: unavailable  another is at work there; the system refuses
  Result<void> claim();

  /// Nothing where none was begun, or it has ended.
  /// Errors: malformed    the state cannot be read as one
  ///         unavailable  the system refuses
  Result<std::optional<Begun>> begun() const;
  Result<void> save(const Begun& begun) const;

  bool is_empty() const;     ///< or not there; what a run leaves that had not begun does not count
  bool is_finished() const;  ///< it has a manifest, and no work is left

  std::string part(std::string_view name) const;   ///< "DIR/.fetch/Condition.0001.ndjson.part"
  std::string etag(std::string_view name) const;   ///< beside it: by which it can be gone on with
  std::string whole(std::string_view name) const;  ///< it has arrived
  std::string lines(std::string_view name) const;  ///< how many, where it should be another number
  bool has(std::string_view name) const;           ///< it has arrived, here or at its place

  /// Numbers of lines that are not the server's, by file.
  Result<std::map<std::string, std::uint64_t>> miscounted(std::span<const std::string> names) const;
  /// Puts the manifest and then the files to their places, from where `batch` reads.
  Result<void> publish(std::string_view manifest, std::span<const std::string> names) const;
  /// Takes away what was for the work only; and the folder, if it was made for a work that did not
  /// begin.
  Result<void> clear() const;

 private:
  std::string work(std::string_view name, std::string_view ending) const;
  std::string path_;
  bool is_new_ = false;
  int lock_ = -1;
};
}  // namespace legwork::bulk
