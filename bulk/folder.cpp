#include "bulk/folder.hpp"

#include "press/io.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cerrno>
#include <charconv>
#include <filesystem>

namespace legwork::bulk {
namespace {
namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::size_t largest_state = std::size_t{1} << 30;

tl::unexpected<Error> refuse_system(const std::string& path, const std::error_code& error) {
  return refuse(ErrorKind::unavailable, path, error.message());
}

std::optional<Begun> read_state(const std::string& text) {
  std::error_code error;
  const auto value = json::parse(text, error);
  const auto* object = error ? nullptr : value.if_object();
  if (object == nullptr) return {};
  const auto* request = object->if_contains("request");
  const auto* job = object->if_contains("job");
  const auto* pages = object->if_contains("pages");
  if (request == nullptr || job == nullptr || pages == nullptr) return {};
  if (!request->is_string() || !job->is_string() || !pages->is_array()) return {};
  Begun begun{std::string(request->get_string()), std::string(job->get_string()), {}};
  for (const auto& page : pages->get_array()) {
    if (!page.is_string()) return {};
    begun.pages.emplace_back(page.get_string());
  }
  return begun;
}
}  // namespace

std::string Folder::work(std::string_view name, std::string_view ending) const {
  return fmt::format("{}/.fetch/{}{}", path_, name, ending);
}

std::string Folder::part(std::string_view name) const { return work(name, ".part"); }
std::string Folder::etag(std::string_view name) const { return work(name, ".etag"); }
std::string Folder::whole(std::string_view name) const { return work(name, ".whole"); }
std::string Folder::lines(std::string_view name) const { return work(name, ".lines"); }

Result<std::optional<Begun>> Folder::begun() const {
  const auto text = press::read_file(work("state", ""), largest_state);
  if (!text && text.error().kind == ErrorKind::missing) return std::nullopt;
  if (!text) return tl::unexpected(text.error());
  auto begun = read_state(*text);
  if (!begun)
    return refuse(ErrorKind::malformed, work("state", ""),
                  "is damaged; remove the folder and begin anew");
  return begun;
}

Folder::~Folder() {
  if (lock_ >= 0) ::close(lock_);
}

Result<void> Folder::claim() {
  std::error_code error;
  is_new_ = fs::create_directories(path_, error);
  if (!error) fs::create_directory(path_ + "/.fetch", error);
  if (!error) fs::permissions(path_ + "/.fetch", fs::perms::owner_all, error);
  if (error) return refuse_system(path_, error);
  lock_ = ::open(work("lock", "").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ >= 0 && ::flock(lock_, LOCK_EX | LOCK_NB) == 0) return {};
  if (errno == EWOULDBLOCK)
    return refuse(ErrorKind::unavailable, path_, "is what another legwork is at work in");
  return refuse_system(path_, {errno, std::system_category()});
}

Result<void> Folder::save(const Begun& begun) const {
  json::array pages;
  for (const auto& page : begun.pages) pages.emplace_back(page);
  const json::object state{{"request", begun.request}, {"job", begun.job}, {"pages", pages}};
  return press::write_file(work("state", ""), json::serialize(state));
}

bool Folder::is_empty() const {
  std::error_code error;
  if (!fs::exists(path_, error)) return true;
  for (fs::directory_iterator at(path_, error), end; !error && at != end; at.increment(error))
    if (at->path().filename() != ".fetch") return false;
  return !error && !fs::exists(work("state", ""), error);
}

bool Folder::is_finished() const {
  std::error_code error;
  return fs::exists(path_ + "/manifest.json", error) && !fs::exists(path_ + "/.fetch", error);
}

bool Folder::has(std::string_view name) const {
  std::error_code error;
  return fs::exists(whole(name), error) || fs::exists(fmt::format("{}/{}", path_, name), error);
}

Result<std::map<std::string, std::uint64_t>> Folder::miscounted(
    std::span<const std::string> names) const {
  std::map<std::string, std::uint64_t> found;
  for (const auto& name : names) {
    const auto text = press::read_file(lines(name), 64);
    if (!text && text.error().kind == ErrorKind::missing) continue;
    if (!text) return tl::unexpected(text.error());
    std::from_chars(text->data(), text->data() + text->size(), found[name]);
  }
  return found;
}

Result<void> Folder::publish(std::string_view manifest, std::span<const std::string> names) const {
  // First the manifest: a folder that is not whole yet says itself which files it lacks.
  const auto written = press::write_file(path_ + "/manifest.json", manifest);
  if (!written) return written;
  for (const auto& name : names) {
    const auto place = fmt::format("{}/{}", path_, name);
    std::error_code error;
    if (!fs::exists(whole(name), error) && fs::exists(place, error)) continue;
    fs::rename(whole(name), place, error);
    if (error) return refuse_system(place, error);
  }
  const int folder = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);  // some file systems cannot; before the state goes, the names shall stand
    ::close(folder);
  }
  return {};
}

Result<void> Folder::clear() const {
  // The state goes last: what is cleared in part is cleared again.
  std::error_code error;
  for (fs::directory_iterator at(path_ + "/.fetch", error), end; !error && at != end;
       at.increment(error)) {
    std::error_code kept;
    if (at->path().filename() != "state") fs::remove(at->path(), kept);
    if (kept) return refuse_system(at->path().native(), kept);
  }
  error.clear();
  fs::remove(work("state", ""), error);
  fs::remove(path_ + "/.fetch", error);
  if (error) return refuse_system(path_ + "/.fetch", error);
  if (is_new_) fs::remove(path_, error);  // only if nothing is in it
  return {};
}
}  // namespace legwork::bulk
