#pragma once

#include "base/result.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

// Grouping by patient with bounded memory: each record goes onto one of many shelves, chosen by a
// hash of its patient, so that all of one patient stand on one shelf. Where the shelves outgrow the
// memory they are given, the fullest go to a file. Later, shelf by shelf, one fits into memory and
// is sorted there. Source: Grace hash join, Kitsuregawa et al. 1983

namespace legwork::batch {
class File;

/// A resource on its way to its patient.
struct Record {
  std::string_view patient;  ///< key: "Patient/p1"
  std::uint32_t file = 0;    ///< where it was read: the same order on every run,
  std::uint64_t at = 0;      ///< whatever thread it was read by
  std::string_view json;     ///< an entry of a Bundle
};

/// How many shelves an export of that many bytes needs, when `readers` shelves are in memory at a
/// time.
std::size_t shelves_for(std::uint64_t input, std::uint64_t memory, std::size_t readers);

class Shelves {
 public:
  /// `folder` is where a file is made for what does not fit; it must exist. The file has no name
  /// there, so that nothing is left of it, whatever happens. `memory`: bytes, of all that stands on
  /// shelves and is in that many hands.
  Shelves(std::size_t count, std::string folder, std::uint64_t memory, std::size_t hands);
  ~Shelves();
  Shelves(const Shelves&) = delete;
  Shelves& operator=(const Shelves&) = delete;

  std::size_t size() const { return shelves_.size(); }
  std::size_t shelf_of(std::string_view patient) const;
  std::uint64_t spilled() const { return spilled_; }  ///< bytes in the file

  /// What one thread has for the shelves: a handful for each, until it is worth a lock.
  class Hand {
   public:
    explicit Hand(Shelves& shelves);
    /// Errors: unavailable  a shelf could not be written to the file
    Result<void> put(const Record& record);
    Result<void> put_down();  ///< all that is left in the hand

   private:
    Shelves& shelves_;
    std::vector<std::string> handfuls_;
  };

  /// All records of a shelf, which is then empty. `bytes` holds what the records are views into.
  /// In order: by patient, then by file and place.
  /// Errors: unavailable  the file cannot be read
  Result<std::vector<Record>> take(std::size_t shelf, std::string& bytes);

 private:
  /// A part of the file.
  struct Stretch {
    std::uint64_t at = 0, size = 0;
  };
  struct Shelf {
    std::mutex mutex;
    std::vector<Stretch> in_file;  // before what is in memory
    std::vector<std::string> handfuls;
    std::uint64_t size = 0;  // bytes in memory
  };
  Result<void> add(std::size_t shelf, std::string& handful);
  Result<void> spill(Shelf& shelf);
  Result<void> open_file();
  Result<void> read_back(Shelf& shelf, std::string& bytes);
  std::string empty_handful();
  void keep_empty(std::string handful);

  std::vector<std::unique_ptr<Shelf>> shelves_;
  std::string path_;
  std::mutex file_mutex_;
  std::unique_ptr<File> file_;  // once something does not fit
  std::uint64_t memory_;
  std::size_t handful_;  // bytes of one shelf in one hand
  std::atomic<std::uint64_t> held_{0}, spilled_{0};
  std::mutex empty_mutex_;
  std::vector<std::string> empty_;  // memory that was asked for once
};
}  // namespace legwork::batch
