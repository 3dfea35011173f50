#include "batch/shelves.hpp"

#include "batch/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <tuple>
#include <utility>

namespace legwork::batch {
namespace {
/// A record as it lies on a shelf: this, the patient, the JSON.
struct Head {
  std::uint64_t at;
  std::uint32_t file;
  std::uint32_t patient_size;
  std::uint64_t json_size;
};

/// FNV-1a: the same on every machine, since the order of the output depends on it.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char letter : text) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
  return hash ^ (hash >> 32);
}

tl::unexpected<Error> failed(const std::string& path, std::string_view what) {
  return refuse(ErrorKind::unavailable, path,
                fmt::format("{}: {}; make room there and run again", what, std::strerror(errno)));
}
}  // namespace

std::size_t shelves_for(std::uint64_t input, std::uint64_t memory, std::size_t readers) {
  // Of what is read, less than half is kept; a shelf and its index take twice its bytes, one may
  // well be twice as full as another, and half of the memory may hold what still stands on shelves.
  const std::uint64_t kept = input / 2;
  const std::uint64_t each =
      std::max<std::uint64_t>(memory / (8 * readers), std::uint64_t{1} << 20);
  return static_cast<std::size_t>(std::clamp<std::uint64_t>(kept / each + 1, 16, 4096));
}

Shelves::Shelves(std::size_t count, std::string folder, std::uint64_t memory, std::size_t hands)
    : path_(std::move(folder) + "/shelves"),
      memory_(memory / 2),
      handful_(std::clamp<std::size_t>(memory / 4 / count / hands, 512, 16 << 10)) {
  for (std::size_t i = 0; i < count; ++i) shelves_.push_back(std::make_unique<Shelf>());
}

Shelves::~Shelves() = default;

std::size_t Shelves::shelf_of(std::string_view patient) const {
  return static_cast<std::size_t>(hash_of(patient) % shelves_.size());
}

Shelves::Hand::Hand(Shelves& shelves) : shelves_(shelves), handfuls_(shelves.size()) {}

Result<void> Shelves::Hand::put(const Record& record) {
  const auto shelf = shelves_.shelf_of(record.patient);
  const Head head{record.at, record.file, static_cast<std::uint32_t>(record.patient.size()),
                  record.json.size()};
  auto& handful = handfuls_[shelf];
  const auto size = sizeof head + record.patient.size() + record.json.size();
  if (!handful.empty() && handful.size() + size > shelves_.handful_)
    if (auto added = shelves_.add(shelf, handful); !added) return added;
  if (handful.capacity() < shelves_.handful_) handful = shelves_.empty_handful();
  handful.append(reinterpret_cast<const char*>(&head), sizeof head);
  handful.append(record.patient).append(record.json);
  return {};
}

Result<void> Shelves::Hand::put_down() {
  for (std::size_t i = 0; i < handfuls_.size(); ++i)
    if (auto added = shelves_.add(i, handfuls_[i]); !added) return added;
  return {};
}

/// Takes the handful; what is left is without memory.
Result<void> Shelves::add(std::size_t index, std::string& handful) {
  if (handful.empty()) return {};
  auto& shelf = *shelves_[index];
  const std::lock_guard lock(shelf.mutex);
  shelf.size += handful.size();
  const auto held = held_ += handful.size();
  shelf.handfuls.push_back(std::exchange(handful, {}));
  // Each shelf that is touched while there is too much goes to its file, if that is worth a write.
  const bool too_much = held > memory_ && shelf.size >= memory_ / (2 * shelves_.size());
  return too_much ? spill(shelf) : Result<void>();
}

Result<void> Shelves::spill(Shelf& shelf) {
  if (auto opened = open_file(); !opened) return opened;
  auto at = spilled_.fetch_add(shelf.size);
  shelf.in_file.push_back({at, shelf.size});
  for (auto& handful : shelf.handfuls) {
    if (!file_->write_at(at, handful)) return failed(path_, "cannot be written");
    at += handful.size();
    keep_empty(std::move(handful));
  }
  shelf.handfuls.clear();
  held_ -= std::exchange(shelf.size, 0);
  return {};
}

Result<void> Shelves::open_file() {
  const std::lock_guard lock(file_mutex_);
  if (file_ != nullptr) return {};
  auto file = std::make_unique<File>(path_, O_RDWR | O_CREAT | O_TRUNC);
  if (::unlink(path_.c_str()) != 0) return failed(path_, "cannot be written");
  file_ = std::move(file);
  return {};
}

/// What of a shelf went to the file; its room there is free again.
Result<void> Shelves::read_back(Shelf& shelf, std::string& bytes) {
  for (const auto& [at, size] : shelf.in_file) {
    const auto before = bytes.size();
    bytes.resize(before + size);
    if (!file_->read_at(at, bytes.data() + before, size)) return failed(path_, "cannot be read");
    file_->release(at, size);
  }
  shelf.in_file.clear();
  return {};
}

std::string Shelves::empty_handful() {
  {
    const std::lock_guard lock(empty_mutex_);
    if (!empty_.empty()) {
      auto handful = std::move(empty_.back());
      empty_.pop_back();
      return handful;
    }
  }
  std::string handful;
  handful.reserve(handful_);
  return handful;
}

void Shelves::keep_empty(std::string handful) {
  if (handful.capacity() > 2 * handful_) return;  // a huge record's
  handful.clear();
  const std::lock_guard lock(empty_mutex_);
  empty_.push_back(std::move(handful));
}

Result<std::vector<Record>> Shelves::take(std::size_t index, std::string& bytes) {
  auto& shelf = *shelves_[index];
  const std::lock_guard lock(shelf.mutex);
  std::uint64_t size = shelf.size;
  for (const auto& stretch : shelf.in_file) size += stretch.size;
  bytes.clear();
  bytes.reserve(size);
  if (auto read = read_back(shelf, bytes); !read) return tl::unexpected(read.error());
  for (const auto& handful : shelf.handfuls) bytes += handful;
  std::vector<std::string>().swap(shelf.handfuls);
  held_ -= std::exchange(shelf.size, 0);
  {
    const std::lock_guard guard(empty_mutex_);
    std::vector<std::string>().swap(empty_);  // nothing is put onto shelves any more
  }

  std::vector<Record> records;
  for (std::size_t at = 0; at < bytes.size();) {
    Head head;
    std::memcpy(&head, bytes.data() + at, sizeof head);
    at += sizeof head;
    const std::string_view all(bytes);
    records.push_back({all.substr(at, head.patient_size), head.file, head.at,
                       all.substr(at + head.patient_size, head.json_size)});
    at += head.patient_size + head.json_size;
  }
  std::ranges::sort(records, [](const Record& a, const Record& b) {
    return std::tie(a.patient, a.file, a.at, a.json) < std::tie(b.patient, b.file, b.at, b.json);
  });
  return records;
}
}  // namespace legwork::batch
