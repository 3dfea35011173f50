#pragma once

#include "batch/file.hpp"
#include "batch/record_lines.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::batch {
/// Where the lines of records go: all to one place, or those of each patient to one of many files,
/// and what everybody must know to all of these.
class RecordSink {
 public:
  explicit RecordSink(WriteLines write) : write_(std::move(write)) {}
  /// DIR/0000.records and so on, written anew.
  static Result<std::unique_ptr<RecordSink>> of_shards(const std::string& folder,
                                                       std::size_t count);

  /// What one thread has for it, until it is worth a lock.
  class Hand {
   public:
    explicit Hand(RecordSink& sink) : sink_(sink), bytes_(sink.count()) {}
    Result<void> put(const RecordLine& line);
    Result<void> put_down();

   private:
    RecordSink& sink_;
    std::vector<std::string> bytes_;
    std::uint64_t records_ = 0;
  };

  std::size_t count() const { return files_.empty() ? 1 : files_.size(); }
  std::uint64_t records() const { return records_; }  ///< of patients, in all
  /// All is written: who reads the lines may rely on that. Errors: unavailable
  Result<void> finish();

 private:
  Result<void> write(std::size_t shard, std::string& bytes);

  WriteLines write_;
  std::string folder_;
  std::vector<std::unique_ptr<File>> files_;
  std::mutex mutex_;
  std::atomic<std::uint64_t> records_{0};
};
}  // namespace legwork::batch
