#include "batch/shelves.hpp"

#include "batch/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <tuple>

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
                fmt::format("{}: {}; make room there and run again with --resume", what,
                            std::strerror(errno)));
}
}  // namespace

std::size_t shelves_for(std::uint64_t input, std::uint64_t memory, std::size_t readers) {
  // Of what is read, less than half is kept; a shelf and its index take twice its bytes, and one
  // may well be twice as full as another.
  const std::uint64_t kept = input / 2;
  const std::uint64_t each =
      std::max<std::uint64_t>(memory / (4 * readers), std::uint64_t{1} << 20);
  return static_cast<std::size_t>(std::clamp<std::uint64_t>(kept / each + 1, 16, 4096));
}

Shelves::Shelves(std::size_t count, std::string folder, std::uint64_t memory, std::size_t hands)
    : folder_(std::move(folder)),
      memory_(memory - memory / 4),
      handful_(std::clamp<std::size_t>(memory / 4 / count / hands, 512, 16 << 10)) {
  for (std::size_t i = 0; i < count; ++i) shelves_.push_back(std::make_unique<Shelf>());
}

Shelves::~Shelves() {
  for (std::size_t i = 0; i < shelves_.size(); ++i)
    if (shelves_[i]->in_file > 0) ::unlink(path_of(i).c_str());
}

std::size_t Shelves::shelf_of(std::string_view patient) const {
  return static_cast<std::size_t>(hash_of(patient) % shelves_.size());
}

std::string Shelves::path_of(std::size_t shelf) const {
  return fmt::format("{}/shelf-{:04}", folder_, shelf);
}

Shelves::Hand::Hand(Shelves& shelves) : shelves_(shelves), bytes_(shelves.size()) {}

Result<void> Shelves::Hand::put(const Record& record) {
  const auto shelf = shelves_.shelf_of(record.patient);
  const Head head{record.at, record.file, static_cast<std::uint32_t>(record.patient.size()),
                  record.json.size()};
  auto& bytes = bytes_[shelf];
  bytes.append(reinterpret_cast<const char*>(&head), sizeof head);
  bytes.append(record.patient).append(record.json);
  return bytes.size() < shelves_.handful_ ? Result<void>() : shelves_.add(shelf, bytes);
}

Result<void> Shelves::Hand::put_down() {
  for (std::size_t i = 0; i < bytes_.size(); ++i)
    if (auto added = shelves_.add(i, bytes_[i]); !added) return added;
  return {};
}

Result<void> Shelves::add(std::size_t index, std::string& bytes) {
  auto& shelf = *shelves_[index];
  const std::lock_guard lock(shelf.mutex);
  shelf.bytes += bytes;
  const auto held = held_ += bytes.size();
  bytes.clear();
  // Each shelf that is touched while there is too much goes to its file, if that is worth a write.
  const bool too_much = held > memory_ && shelf.bytes.size() >= memory_ / (2 * shelves_.size());
  return too_much ? spill(shelf, index) : Result<void>();
}

Result<void> Shelves::spill(Shelf& shelf, std::size_t index) {
  const auto path = path_of(index);
  const int fresh = shelf.in_file == 0 ? O_TRUNC : 0;  // of an earlier run that was killed
  const File file(path, O_WRONLY | O_CREAT | O_APPEND | fresh);
  if (!file.write(shelf.bytes)) return failed(path, "cannot be written");
  shelf.in_file += shelf.bytes.size();
  spilled_ += shelf.bytes.size();
  held_ -= shelf.bytes.size();
  // Memory that was asked for once is kept for what comes next, unless this shelf is far larger
  // than others.
  const bool is_usual = shelf.bytes.capacity() <= 2 * memory_ / shelves_.size();
  is_usual ? shelf.bytes.clear() : std::string().swap(shelf.bytes);
  return {};
}

Result<std::vector<Record>> Shelves::take(std::size_t index, std::string& bytes) {
  auto& shelf = *shelves_[index];
  const std::lock_guard lock(shelf.mutex);
  bytes.resize(shelf.in_file);
  if (shelf.in_file > 0) {
    const auto path = path_of(index);
    const File file(path, O_RDONLY);
    if (!file.read(bytes.data(), bytes.size())) return failed(path, "cannot be read");
    ::unlink(path.c_str());
    shelf.in_file = 0;
  }
  bytes += shelf.bytes;
  held_ -= shelf.bytes.size();
  std::string().swap(shelf.bytes);

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
