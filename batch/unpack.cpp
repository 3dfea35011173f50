#include "batch/unpack.hpp"

#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

namespace legwork::batch {
namespace {
constexpr std::size_t buffer_size = std::size_t{1} << 18;

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

tl::unexpected<Error> damaged(const std::string& path) {
  return refuse(ErrorKind::malformed, path,
                "is damaged or cut short where it is packed; export it again");
}

tl::unexpected<Error> unreadable(const std::string& path) {
  return refuse(errno == ENOENT ? ErrorKind::missing : ErrorKind::unavailable, path,
                std::string("cannot be read: ") + std::strerror(errno));
}

class GzipStream {
 public:
  GzipStream() { sound_ = inflateInit2(&stream_, 15 + 16) == Z_OK; }
  ~GzipStream() { inflateEnd(&stream_); }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  /// False where it is damaged; `wanted` turns false where no more is wanted.
  bool take(std::string& packed, std::string& unpacked,
            const std::function<bool(std::string_view)>& use, bool& wanted) {
    stream_.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream_.avail_in = static_cast<uInt>(packed.size());
    while (sound_ && wanted && (stream_.avail_in > 0 || filled_)) {
      if (ended_) {  // another member follows
        if (stream_.avail_in == 0) break;
        sound_ = inflateReset(&stream_) == Z_OK;
        ended_ = false;
      }
      stream_.next_out = reinterpret_cast<Bytef*>(unpacked.data());
      stream_.avail_out = static_cast<uInt>(unpacked.size());
      const int state = inflate(&stream_, Z_NO_FLUSH);
      const auto made = unpacked.size() - stream_.avail_out;
      filled_ = stream_.avail_out == 0;
      ended_ = state == Z_STREAM_END;
      sound_ = state == Z_OK || ended_ || (state == Z_BUF_ERROR && made == 0);
      if (made > 0) wanted = use({unpacked.data(), made});
      if (state == Z_BUF_ERROR) break;
    }
    return sound_;
  }
  bool at_end() const { return ended_; }

 private:
  z_stream stream_{};
  bool sound_ = false, ended_ = true, filled_ = false;
};

class ZstdStream {
 public:
  bool take(std::string& packed, std::string& unpacked,
            const std::function<bool(std::string_view)>& use, bool& wanted) {
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    bool filled = false;
    while (wanted && (in.pos < in.size || filled)) {
      ZSTD_outBuffer out{unpacked.data(), unpacked.size(), 0};
      rest_ = ZSTD_decompressStream(context_.get(), &out, &in);
      if (ZSTD_isError(rest_) != 0U) return false;
      filled = out.pos == out.size;
      if (out.pos > 0) wanted = use({unpacked.data(), out.pos});
    }
    return true;
  }
  bool at_end() const { return rest_ == 0; }

 private:
  std::unique_ptr<ZSTD_DCtx, Close> context_{ZSTD_createDCtx()};
  std::size_t rest_ = 0;
};

/// What is not packed, for those files that can be read in no other way.
class PlainStream {
 public:
  static bool take(std::string& bytes, std::string&,
                   const std::function<bool(std::string_view)>& use, bool& wanted) {
    wanted = use(bytes);
    return true;
  }
  static bool at_end() { return true; }
};

std::FILE* open(const std::string& path) {
  // Not /dev/stdin: a socket cannot be opened again.
  return path == "-" ? ::fdopen(::dup(STDIN_FILENO), "rb") : std::fopen(path.c_str(), "rb");
}

template <class Stream>
Result<void> unpack_with(Stream stream, const std::string& path,
                         const std::function<bool(std::string_view)>& use,
                         const std::function<void(std::uint64_t)>& came) {
  const std::unique_ptr<std::FILE, Close> file(open(path));
  if (!file) return unreadable(path);
  std::string packed(buffer_size, '\0'), unpacked(buffer_size, '\0');
  for (bool wanted = true; wanted;) {
    packed.resize(buffer_size);
    packed.resize(std::fread(packed.data(), 1, packed.size(), file.get()));
    if (packed.empty() && std::ferror(file.get()) != 0) return unreadable(path);
    if (packed.empty()) break;
    if (came) came(packed.size());
    if (!stream->take(packed, unpacked, use, wanted)) return damaged(path);
    if (!wanted) return {};
  }
  if (!stream->at_end()) return damaged(path);
  return {};
}
}  // namespace

Result<void> unpack(const std::string& path, Packing packing,
                    const std::function<bool(std::string_view)>& use,
                    const std::function<void(std::uint64_t)>& came) {
  if (packing == Packing::none)
    return unpack_with(std::make_unique<PlainStream>(), path, use, came);
  if (packing == Packing::zstd) return unpack_with(std::make_unique<ZstdStream>(), path, use, came);
  return unpack_with(std::make_unique<GzipStream>(), path, use, came);
}
}  // namespace legwork::batch
