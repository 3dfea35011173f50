#pragma once

#include <memory>
#include <string>
#include <string_view>

struct z_stream_s;

namespace legwork::report {
/// Compresses as PDF's FlateDecode expects. Keeps zlib's quarter megabyte of tables between calls:
/// making them costs as much as compressing a small stream.
class Deflater {
 public:
  Deflater();

  std::string deflate(std::string_view bytes);

 private:
  struct Deleter {
    void operator()(z_stream_s* stream) const;
  };
  std::unique_ptr<z_stream_s, Deleter> stream_;
};
}  // namespace legwork::report
