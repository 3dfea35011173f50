#include "press/io.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace legwork::press {
namespace {
namespace fs = std::filesystem;

/// An open file that closes itself.
class Handle {
 public:
  explicit Handle(int number) : number_(number) {}
  Handle(Handle&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Handle& operator=(Handle&&) = delete;
  ~Handle() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  bool open() const { return number_ >= 0; }

 private:
  int number_;
};

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

std::string reason(int error) {
  switch (error) {
    case ENOENT:
      return "is not there; check the name";
    case EACCES:
    case EPERM:
      return "may not be opened; ask for the right to it";
    case EISDIR:
      return "is a folder; name a file";
    case ENOSPC:
      return "does not fit; the disk is full";
    default:
      return std::system_category().message(error);
  }
}

tl::unexpected<Error> refuse_errno(const std::string& name, int error) {
  const auto kind =
      error == ENOENT || error == EISDIR ? ErrorKind::missing : ErrorKind::unavailable;
  return refuse(kind, name, reason(error));
}

Result<std::string> read_all(int file, const std::string& name, std::size_t limit) {
  constexpr std::size_t step = std::size_t{1} << 16;
  struct stat status {};
  if (::fstat(file, &status) != 0) return refuse_errno(name, errno);
  if (S_ISDIR(status.st_mode)) return refuse_errno(name, EISDIR);
  const auto expected = S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) : 0;
  const auto too_large = [&] {
    return refuse(ErrorKind::unavailable, name,
                  "is too much to read at once; give one patient's record, not a whole export");
  };
  if (expected > limit) return too_large();

  std::string text(expected + 1, '\0');  // one more, so that the end shows without growing
  std::size_t size = 0;
  for (;;) {
    if (size == text.size()) text.resize(size + std::max(step, size));
    const auto got = ::read(file, text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refuse_errno(name, errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size > limit) return too_large();
  }
  text.resize(size);
  return text;
}

Result<void> write_all(int file, const std::string& name, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto done = ::write(file, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return refuse_errno(name, errno);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return {};
}

/// A new file in the folder, whose name says nothing about anyone. Its rights are the user's umask.
Result<Handle> open_new(const fs::path& folder, fs::path& path, const std::string& name) {
  for (int attempt = 0;; ++attempt) {
    path = folder / fmt::format(".legwork-{}-{}.part", ::getpid(), attempt);
    Handle file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.open()) return file;
    if (errno == ENOENT) return refuse_errno(folder.native(), errno);
    if (errno != EEXIST) return refuse_errno(name, errno);
  }
}

Result<void> replace(const fs::path& target, const std::string& name, std::string_view bytes) {
  const auto folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  fs::path part;
  const auto file = open_new(folder, part, name);
  if (!file) return tl::unexpected(file.error());
  auto written = write_all(file->number(), name, bytes);
  if (written && (::fsync(file->number()) != 0 || ::rename(part.c_str(), target.c_str()) != 0))
    written = refuse_errno(name, errno);
  if (!written) {
    ::unlink(part.c_str());
    return written;
  }
  const Handle parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (parent.open()) ::fsync(parent.number());  // some file systems cannot: the file itself is safe
  return {};
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  const Handle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open()) return refuse_errno(path, errno);
  return read_all(file.number(), path, limit);
}

Result<std::vector<std::string>> files_in(const std::string& folder,
                                          std::span<const std::string_view> endings) {
  std::error_code error;
  std::vector<std::string> found;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const auto& path = entry->path();
    const auto wanted = std::ranges::find(endings, path.extension().native()) != endings.end();
    if (wanted && !is_folder(path)) found.push_back(path.native());
  }
  if (error) return refuse_errno(folder, error.value());
  if (found.empty())
    return refuse(ErrorKind::missing, folder,
                  fmt::format("holds no {} file; name another folder", fmt::join(endings, " or ")));
  std::ranges::sort(found);
  return found;
}

Result<std::vector<std::string>> chart_files(std::span<const std::string> paths) {
  static constexpr std::string_view endings[] = {".json", ".ndjson", ".xml"};
  std::vector<std::string> names;
  for (const auto& path : paths) {
    if (!is_folder(path)) {
      names.push_back(path);
      continue;
    }
    auto inside = files_in(path, endings);
    if (!inside) return tl::unexpected(inside.error());
    std::ranges::move(*inside, std::back_inserter(names));
  }
  return names;
}

Result<std::vector<File>> read_charts(std::span<const std::string> paths, std::size_t limit) {
  const auto names = chart_files(paths);
  if (!names) return tl::unexpected(names.error());
  std::vector<File> files;
  for (const auto& name : *names) {
    const bool standard_input = name == "-";
    auto text =
        standard_input ? read_all(STDIN_FILENO, "standard input", limit) : read_file(name, limit);
    if (!text) return tl::unexpected(text.error());
    limit -= text->size();
    files.push_back({standard_input ? "standard input" : name, std::move(*text)});
  }
  return files;
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
  if (path == "-") return write_all(STDOUT_FILENO, "standard output", bytes);

  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) return refuse_errno(path, errno);
    return replace(path, path, bytes);
  }
  if (S_ISDIR(status.st_mode)) return refuse_errno(path, EISDIR);
  if (!S_ISREG(status.st_mode)) {
    const Handle device(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!device.open()) return refuse_errno(path, errno);
    return write_all(device.number(), path, bytes);
  }
  std::error_code error;
  const auto target = fs::canonical(path, error);  // a link stays a link
  if (error) return refuse_errno(path, error.value());
  return replace(target, path, bytes);
}
}  // namespace legwork::press
