#include "bulk/run.hpp"

#include "base/digest.hpp"
#include "bulk/client.hpp"
#include "bulk/download.hpp"
#include "bulk/folder.hpp"
#include "bulk/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <thread>

namespace legwork::bulk {
namespace {
constexpr std::size_t most_pages = 10'000;

/// One download, from the kick-off to the end.
class Run {
 public:
  Run(const Options& options, const Outside& outside, Progress& progress)
      : options_(options),
        outside_(outside),
        progress_(progress),
        folder_(options.out),
        tokens_(options.credentials, options.base, options.plain, options.request.types, outside),
        client_(options.base, tokens_, outside),
        give_up_(outside.clock() + options.timeout) {}

  Result<void> fetch();
  Result<void> cancel();
  const std::optional<Error>& left_over() const { return left_over_; }

 private:
  Result<std::optional<Begun>> look() const;
  Result<void> begin();
  Result<void> kick_off_job(const press::Outgoing& request, std::string digest);
  Result<void> read_pages();
  Result<void> read_manifest_again(const ExportFile& stale);
  Result<void> download_all();
  Result<void> publish();
  Result<press::Address> job() const {
    return press::read_address(begun_.job, options_.plain, press::HiddenPath::taken);
  }
  std::vector<std::string> names() const;

  const Options& options_;
  const Outside& outside_;
  Progress& progress_;
  Folder folder_;
  Tokens tokens_;
  Client client_;
  std::chrono::system_clock::time_point give_up_;
  Begun begun_;
  std::mutex mutex_;  // for the manifest, while files are fetched
  Manifest manifest_;
  std::optional<Error> left_over_;
};

/// What was begun in the folder; nothing where a download may begin.
Result<std::optional<Begun>> Run::look() const {
  auto before = folder_.begun();
  if (before && !*before && !folder_.is_empty())
    return refuse(ErrorKind::unsupported, options_.out, "is not empty; name a new folder");
  return before;
}

/// Takes up what was begun, or begins.
Result<void> Run::begin() {
  const auto request = kick_off(options_.request, options_.base);
  if (!request) return tl::unexpected(request.error());
  auto digest =
      sha256(fmt::format("{}\n{}\n{}", request->method, request->address.text(), request->body));
  if (auto before = look(); !before) return tl::unexpected(before.error());
  if (auto claimed = folder_.claim(); !claimed) return claimed;
  const auto before = look();  // again: whoever was at work there may just have ended
  if (!before) return tl::unexpected(before.error());
  if (*before && options_.begin == Begin::anew)
    return refuse(ErrorKind::unsupported, options_.out,
                  "holds a download that was begun; go on with --resume, or end it with --cancel");
  if (*before && (*before)->request != digest)
    return refuse(ErrorKind::unsupported, options_.out,
                  "holds a download that was begun with other options; give the same, or end it "
                  "with --cancel");
  if (*before) {
    begun_ = **before;
    return {};
  }
  auto begun = kick_off_job(*request, std::move(digest));
  if (!begun) (void)folder_.clear();  // nothing has begun: the reason is worth more than this one's
  return begun;
}

Result<void> Run::kick_off_job(const press::Outgoing& request, std::string digest) {
  const auto answer = client_.ask(request, after_kick_off, give_up_, progress_);
  if (!answer) return tl::unexpected(answer.error());
  const auto address = press::resolve(request.address, answer->header("Content-Location"),
                                      options_.plain, press::HiddenPath::taken);
  if (!address)
    return refuse(
        address.error().kind, options_.base.host,
        "says that the export is at an address that is not asked: " + address.error().what);
  begun_ = {std::move(digest), address->text(), {}};
  auto saved = folder_.save(begun_);
  if (!saved) (void)client_.remove(*address);  // nobody would know of it
  return saved;
}

/// Waits until the manifest is there, and reads it with all that follow.
Result<void> Run::read_pages() {
  auto address = job();
  if (!address) return tl::unexpected(address.error());
  begun_.pages.clear();
  std::vector<press::Address> seen;
  for (;;) {
    press::Outgoing request{*address, {{"Accept", "application/json"}}};
    auto answer = client_.ask(std::move(request), after_poll, give_up_, progress_);
    if (!answer) return tl::unexpected(answer.error());
    begun_.pages.push_back(std::move(answer->body));
    seen.push_back(*address);
    const auto next = next_page(begun_.pages.back());
    if (!next) return tl::unexpected(next.error());
    if (next->empty()) return {};
    address = press::resolve(seen.back(), *next, options_.plain, press::HiddenPath::taken);
    if (!address)
      return refuse(
          address.error().kind, options_.base.host,
          "has a page of its manifest at an address that is not asked: " + address.error().what);
    if (std::ranges::find(seen, *address) != seen.end() || seen.size() >= most_pages)
      return refuse(ErrorKind::malformed, options_.base.host,
                    "has a manifest whose pages have no end");
  }
}

/// The address of a file has expired: the job knows a new one. Of many that expire at once the
/// first asks for all.
Result<void> Run::read_manifest_again(const ExportFile& stale) {
  const std::scoped_lock lock(mutex_);
  const auto known = std::ranges::find(manifest_.files, stale.name, &ExportFile::name);
  if (known->url != stale.url) return {};
  if (auto read = read_pages(); !read) return read;
  const auto address = job();
  auto manifest = read_manifest(begun_.pages, *address, options_.plain);
  if (!manifest) return tl::unexpected(manifest.error());
  const bool same =
      std::ranges::equal(manifest->files, manifest_.files,
                         [](const ExportFile& a, const ExportFile& b) { return a.is_same(b); });
  if (!same)
    return refuse(ErrorKind::unsupported, options_.base.host,
                  "names other files than before for the same export; end it with --cancel and "
                  "begin anew");
  manifest_ = std::move(*manifest);
  return folder_.save(begun_);
}

Result<void> Run::download_all() {
  progress_.phase = Phase::downloading;
  progress_.files = manifest_.files.size();
  std::atomic<std::size_t> next = 0;
  Result<void> outcome;
  // The first file that fails stops the others where they are: what they have is kept.
  std::stop_source halt;
  const std::stop_callback forward(outside_.stop, [&] { halt.request_stop(); });
  Outside outside = outside_;
  outside.stop = halt.get_token();
  const auto work = [&] {
    for (std::size_t at = next++; at < progress_.files && !halt.stop_requested(); at = next++) {
      const AddressBook book{
          [this, at] {
            const std::scoped_lock lock(mutex_);
            return manifest_.files[at];
          },
          [this](const ExportFile& stale) { return read_manifest_again(stale); }};
      auto done = folder_.has(book.now().name)
                      ? Result<void>()
                      : download(book, {folder_, options_.base, options_.plain, tokens_, outside,
                                        progress_, options_.timeout});
      if (done) {
        ++progress_.files_done;
        continue;
      }
      const std::scoped_lock lock(mutex_);
      if (outcome) outcome = std::move(done);
      halt.request_stop();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned job = 1; job < std::min<std::size_t>(options_.jobs, progress_.files); ++job)
      threads.emplace_back(work);
    work();
  }
  return outcome;
}

std::vector<std::string> Run::names() const {
  std::vector<std::string> made;
  for (const auto& file : manifest_.files) made.push_back(file.name);
  return made;
}

Result<void> Run::publish() {
  progress_.phase = Phase::finishing;
  const auto lines = folder_.miscounted(names());
  if (!lines) return tl::unexpected(lines.error());
  return folder_.publish(folder_manifest(begun_.pages, manifest_, *lines, options_.request.since),
                         names());
}

Result<void> Run::fetch() {
  if (auto ready = begin(); !ready) return ready;
  const auto address = job();
  if (!address) return tl::unexpected(address.error());
  if (begun_.pages.empty()) {
    progress_.phase = Phase::waiting;
    if (auto read = read_pages(); !read) return read;
  }
  auto manifest = read_manifest(begun_.pages, *address, options_.plain);
  if (!manifest) return tl::unexpected(manifest.error());
  manifest_ = std::move(*manifest);
  if (auto saved = folder_.save(begun_); !saved) return saved;
  if (auto done = download_all(); !done) return done;
  if (auto published = publish(); !published) return published;
  // What is here is whole: a server that forgets the job by itself is no reason to fail.
  if (auto removed = client_.remove(*address); !removed) left_over_ = removed.error();
  return folder_.clear();
}

Result<void> Run::cancel() {
  auto before = folder_.begun();
  if (!before) return tl::unexpected(before.error());
  if (!*before) return refuse(ErrorKind::missing, options_.out, "holds no download that was begun");
  if (auto claimed = folder_.claim(); !claimed) return claimed;
  begun_ = std::move(**before);
  const auto address = job();
  if (!address) return tl::unexpected(address.error());
  if (auto removed = client_.remove(*address); !removed) return removed;
  return folder_.clear();
}
}  // namespace

Result<Summary> fetch_export(const Options& options, const Outside& outside, Progress& progress) {
  if (options.begin == Begin::go_on && Folder(options.out).is_finished())
    return summary_of(options.out);
  Run run(options, outside, progress);
  if (const auto fetched = run.fetch(); !fetched) return tl::unexpected(fetched.error());
  auto summary = summary_of(options.out);
  if (summary) summary->left_over = run.left_over();
  return summary;
}

Result<void> cancel_export(const Options& options, const Outside& outside) {
  Progress progress;
  return Run(options, outside, progress).cancel();
}
}  // namespace legwork::bulk
