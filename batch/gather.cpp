#include "batch/gather.hpp"

#include "batch/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>

namespace legwork::batch {
namespace {
constexpr std::uint64_t piece_size = 16 << 20;

/// Line breaks before each piece in its file: lines are counted within pieces; now that all are
/// read, within files.
std::vector<std::size_t> lines_before(const std::vector<Piece>& pieces,
                                      const std::vector<std::size_t>& breaks) {
  std::vector<std::size_t> order(pieces.size()), before(pieces.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {},
                    [&](std::size_t i) { return std::pair(pieces[i].file, pieces[i].begin); });
  for (std::size_t i = 1; i < order.size(); ++i) {
    const auto last = order[i - 1], at = order[i];
    if (pieces[at].file == pieces[last].file) before[at] = before[last] + breaks[last];
  }
  return before;
}

void put_in_order(Gathered& gathered, const std::vector<InputFile>& files,
                  const std::vector<Piece>& pieces, const std::vector<std::size_t>& breaks) {
  const auto before = lines_before(pieces, breaks);
  for (auto& reject : gathered.rejects)
    if (reject.line > 0) reject.line += before[reject.piece];
  std::ranges::sort(gathered.rejects, {}, [](const Reject& one) {
    return std::tuple(one.file, one.line, std::string_view(one.reference),
                      std::string_view(one.why));
  });
  for (const auto& reject : gathered.rejects)
    gathered.places.push_back(reject.line == 0
                                  ? files[reject.file].name
                                  : fmt::format("{}:{}", files[reject.file].name, reject.line));
}

void add(Gathered& sum, Reader& reader) {
  sum.lines.read += reader.lines.read;
  sum.lines.used += reader.lines.used;
  sum.lines.not_needed += reader.lines.not_needed;
  sum.lines.rejected += reader.lines.rejected;
  sum.left_out += reader.deleted;
  sum.problems += reader.problems;
  std::ranges::move(reader.rejects, std::back_inserter(sum.rejects));
}

/// The files of one kind, piece by piece, on so many threads.
class Pass {
 public:
  Pass(const std::vector<InputFile>& files, const fhir::Vocabulary& vocabulary,
       const std::vector<Piece>& pieces, const Destinations& to)
      : files_(files),
        vocabulary_(vocabulary),
        pieces_(pieces),
        to_(to),
        breaks(pieces.size()),
        lines(pieces.size()) {}

 private:
  const std::vector<InputFile>& files_;
  const fhir::Vocabulary& vocabulary_;
  const std::vector<Piece>& pieces_;
  const Destinations& to_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::optional<Error> failed_;

 public:
  std::vector<std::size_t> breaks;   ///< in each piece
  std::vector<std::uint64_t> lines;  ///< that were read from each piece
  Gathered gathered;

  /// `of_deletions`: only those, or all but those.
  Result<void> read(std::size_t jobs, Holds kind) {
    next_ = 0;
    {
      std::vector<std::jthread> threads;
      for (std::size_t i = 1; i < jobs; ++i) threads.emplace_back([this, kind] { work(kind); });
      work(kind);
    }
    if (failed_) return tl::unexpected(*failed_);
    return {};
  }

 private:
  void work(Holds kind) {
    Reader reader(files_, vocabulary_, to_);
    for (auto i = next_++; i < pieces_.size(); i = next_++) {
      const bool deletions = files_[pieces_[i].file].holds == Holds::deletions;
      if (deletions != (kind == Holds::deletions)) continue;
      const auto lines_before = reader.lines.read;
      const auto read = reader.read(pieces_[i], i);
      if (!read) return fail(read.error());
      breaks[i] = *read;
      lines[i] = reader.lines.read - lines_before;
    }
    if (const auto finished = reader.finish(); !finished) return fail(finished.error());
    const std::lock_guard lock(mutex_);
    add(gathered, reader);
  }

  void fail(const Error& error) {
    const std::lock_guard lock(mutex_);
    failed_ = error;
    next_ = pieces_.size();  // nobody begins another
  }
};
}  // namespace

Result<Gathered> gather(const std::vector<InputFile>& files, const fhir::Vocabulary& vocabulary,
                        std::size_t jobs, Shelves& shelves, NamedSubjects& named,
                        Medications& medications, Progress& progress) {
  Deletions deletions;
  const Destinations to{shelves, named, medications, deletions, progress};
  const auto pieces = cut(files, piece_size);
  Pass pass(files, vocabulary, pieces, to);
  if (const auto read = pass.read(1, Holds::deletions); !read) return tl::unexpected(read.error());
  if (const auto read = pass.read(jobs, Holds::resources); !read)
    return tl::unexpected(read.error());
  auto& gathered = pass.gathered;
  gathered.deletions = deletions.size();
  gathered.lines_of_files.resize(files.size());
  for (std::size_t i = 0; i < pieces.size(); ++i)
    gathered.lines_of_files[pieces[i].file] += pass.lines[i];
  const auto resolved = named.resolve(shelves, [&](Reject reject) {
    --gathered.lines.used;
    ++gathered.lines.rejected;
    ++progress.rejects;
    gathered.rejects.push_back(std::move(reject));
  });
  if (!resolved) return tl::unexpected(resolved.error());
  put_in_order(gathered, files, pieces, pass.breaks);
  return std::move(gathered);
}
}  // namespace legwork::batch
