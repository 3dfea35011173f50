#include "batch/find_stays.hpp"

#include "batch/stays.hpp"
#include "batch/unpack.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <iterator>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace legwork::batch {
namespace {
constexpr std::uint64_t piece_size = std::uint64_t{16} << 20;

/// Whether a file's first line is of a kind that tells of stays, or the header before a patient's
/// resources of all kinds.
bool may_tell(const InputFile& file) {
  if (file.holds != Holds::resources) return false;
  if (!file.is_lines) return true;
  std::string first;
  if (file.packing == Packing::none) {
    (void)each_line(file, {0, 0, 1}, 0, [&](const InputLine& line) { first = line.text; });
  } else {
    (void)unpack(file.path, file.packing, [&](std::string_view bytes) {
      first = bytes.substr(0, bytes.find('\n'));
      return false;
    });
  }
  static constexpr std::array<std::string_view, 4> types = {"\"Encounter\"", "\"Location\"",
                                                            "\"Bundle\"", "\"Parameters\""};
  return std::ranges::any_of(types, [&](auto type) { return first.find(type) != first.npos; });
}

/// Hands over every line of the files, from any thread.
Result<void> each_line_of(const std::vector<InputFile>& files, std::size_t jobs,
                          const std::function<void(std::string_view)>& use) {
  const auto pieces = cut(files, piece_size);
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::optional<Error> failure;
  const auto work = [&] {
    for (auto i = next++; i < pieces.size(); i = next++) {
      const auto read = each_line(files[pieces[i].file], pieces[i], 0,
                                  [&](const InputLine& line) { use(line.text); });
      if (read || read.error().kind == ErrorKind::malformed ||
          read.error().kind == ErrorKind::unsupported)
        continue;
      const std::lock_guard lock(mutex);
      failure = read.error();
      next = pieces.size();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < jobs; ++i) threads.emplace_back(work);
    work();
  }
  if (failure)
    return refuse(ErrorKind::unavailable, failure->where,
                  failure->what + "; mend that and run again");
  return {};
}
}  // namespace

Result<Wards> find_stays(const std::vector<InputFile>& files, std::size_t jobs) {
  std::vector<InputFile> telling, deleting;
  std::ranges::copy_if(files, std::back_inserter(telling), may_tell);
  std::ranges::copy_if(files, std::back_inserter(deleting),
                       [](const InputFile& file) { return file.holds == Holds::deletions; });
  Stays stays;
  for (const auto look : {Stays::Look::first, Stays::Look::again}) {
    const auto looked =
        each_line_of(telling, jobs, [&](std::string_view text) { stays.add(text, look); });
    if (!looked) return tl::unexpected(looked.error());
  }
  Deletions deletions;
  const auto read =
      each_line_of(deleting, 1, [&](std::string_view text) { (void)deletions.add(text); });
  if (!read) return tl::unexpected(read.error());
  stays.forget(deletions);
  return Wards(stays.wards());
}
}  // namespace legwork::batch
