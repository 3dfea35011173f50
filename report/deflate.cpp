#include "report/deflate.hpp"

#include <zlib.h>
#include <new>

namespace legwork::report {
namespace {
// Of a page's content level 1 makes a quarter more bytes than level 6 in a quarter of the time; of
// a font, as many.
constexpr int level = 1;
}  // namespace

void Deflater::Deleter::operator()(z_stream_s* stream) const {
  deflateEnd(stream);
  delete stream;
}

Deflater::Deflater() : stream_(new z_stream{}) {
  if (deflateInit(stream_.get(), level) != Z_OK) throw std::bad_alloc();
}

std::string Deflater::deflate(std::string_view bytes) {
  deflateReset(stream_.get());
  std::string out(deflateBound(stream_.get(), bytes.size()), '\0');
  // zlib's interface predates const; it does not write to its input
  stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream_->avail_in = static_cast<uInt>(bytes.size());
  stream_->next_out = reinterpret_cast<Bytef*>(out.data());
  stream_->avail_out = static_cast<uInt>(out.size());
  ::deflate(stream_.get(), Z_FINISH);  // always ends: the bound is room enough
  out.resize(stream_->total_out);
  return out;
}
}  // namespace legwork::report
