#pragma once

#include "base/result.hpp"
#include "bulk/folder.hpp"
#include "bulk/progress.hpp"
#include "press/fetch.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace legwork::bulk {
/// What arrived, when it has arrived to its end.
struct Arrived {
  std::uint64_t lines = 0;
  bool sound = true;  ///< NDJSON from its first brace to its last; unpacked without a fault
};

/// A file on its way to the disk: packed as it is sent, so that it can be gone on with byte by
/// byte. Stays where it is: its sink points to it.
class PartFile {
 public:
  /// Opens what is there, or begins.
  static Result<PartFile> open(const Folder& folder, const std::string& name);
  PartFile(PartFile&& other) noexcept;
  PartFile& operator=(PartFile&&) = delete;
  ~PartFile();

  /// What asks for the rest only, if what is there can be gone on with: Range, under the condition
  /// that it is still the same file. Source: RFC 9110 sections 13.1.5 and 14
  std::vector<press::Header> range() const;

  /// Takes an answer: 200 from the beginning, 206 from where it broke off, other ones not.
  press::Sink sink(Progress& progress);

  std::uint64_t size() const { return size_; }
  /// Why it could not be written: unavailable, with the system's reason.
  Result<void> fault() const;

  /// Begins again from nothing.
  void discard();

  /// Reads what arrived, unpacks it if it came packed, and sees to it that it is on the disk.
  /// Errors: unavailable  the disk
  Result<Arrived> look() const;
  /// Gives what was looked at the name of a file that has arrived.
  Result<void> keep() const;

 private:
  PartFile(const Folder& folder, std::string name, int handle);
  bool begin(const press::Fetched& head);
  bool begin_anew(const press::Fetched& head);

  std::string name_, part_, etag_path_, plain_, whole_;
  int handle_;
  std::uint64_t size_ = 0;
  std::string etag_;  // a strong one, or none
  int error_ = 0;
};
}  // namespace legwork::bulk
