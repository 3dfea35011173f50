#include "batch/record_sink.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>

namespace legwork::batch {
namespace {
constexpr std::size_t worth_writing = std::size_t{1} << 16;

tl::unexpected<Error> failed(const std::string& folder) {
  return refuse(
      ErrorKind::unavailable, folder,
      fmt::format("cannot be written: {}; make room there and run again", std::strerror(errno)));
}

bool is_of_one_shard(std::string_view key) {
  return key.starts_with(keys::patient) || key.starts_with(keys::identifier);
}
}  // namespace

Result<std::unique_ptr<RecordSink>> RecordSink::of_shards(const std::string& folder,
                                                          std::size_t count) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) errno = error.value();
  if (error) return failed(folder);
  auto sink = std::make_unique<RecordSink>(nullptr);
  sink->folder_ = folder;
  for (std::size_t i = 0; i < count; ++i)
    sink->files_.push_back(std::make_unique<File>(fmt::format("{}/{:04}.records", folder, i),
                                                  O_WRONLY | O_CREAT | O_TRUNC, 0644));
  return sink;
}

Result<void> RecordSink::Hand::put(const RecordLine& line) {
  const bool of_patient = line.key.starts_with(keys::patient);
  records_ += of_patient;
  const auto add = [&](std::size_t shard) {
    auto& bytes = bytes_[shard];
    append_record_line(bytes, line);
    return bytes.size() < worth_writing ? Result<void>() : sink_.write(shard, bytes);
  };
  if (is_of_one_shard(line.key))
    return add(std::hash<std::string_view>()(line.key) % bytes_.size());
  if (line.key > keys::patient && line.key != keys::end) return add(0);  // counted once
  for (std::size_t i = 0; i < bytes_.size(); ++i)
    if (auto added = add(i); !added) return added;
  return {};
}

Result<void> RecordSink::Hand::put_down() {
  sink_.records_ += std::exchange(records_, 0);
  for (std::size_t i = 0; i < bytes_.size(); ++i)
    if (auto written = sink_.write(i, bytes_[i]); !written) return written;
  return {};
}

Result<void> RecordSink::write(std::size_t shard, std::string& bytes) {
  const std::lock_guard lock(mutex_);
  auto written = Result<void>();
  if (files_.empty())
    written = write_(bytes);
  else if (!files_[shard]->write(bytes))
    written = failed(folder_);
  bytes.clear();
  return written;
}

Result<void> RecordSink::finish() {
  Hand hand(*this);
  if (auto put = hand.put({.key = std::string(keys::end), .json = "{}"}); !put) return put;
  if (auto down = hand.put_down(); !down) return down;
  for (const auto& file : files_)
    if (!file->sync()) return failed(folder_);
  return {};
}
}  // namespace legwork::batch
