// What a client sends: the head of a request, and a body in chunks. However the bytes are cut on
// their way, the request is the same; and no head that is taken holds what could hide another.
#include "plugin/chunks.hpp"
#include "plugin/head.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {
using namespace legwork::plugin;

void demand(bool holds) {
  if (!holds) std::abort();
}

bool is_one_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

struct Body {
  std::string text;
  std::size_t bytes = 0;
  Chunks::State state = Chunks::State::more;

  bool operator==(const Body&) const = default;
};

Body take(std::string_view bytes, std::size_t piece) {
  constexpr std::size_t limit = 4096;
  Chunks chunks(limit);
  Body body;
  while (body.state == Chunks::State::more && body.bytes < bytes.size()) {
    const auto taken = chunks.take(bytes.substr(body.bytes, piece), body.text);
    body.bytes += taken.bytes;
    body.state = taken.state;
  }
  demand(body.text.size() <= limit);
  return body;
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto end = find_head_end(bytes);
  for (std::size_t early = 0; early < end.size; ++early)
    demand(find_head_end(bytes.substr(0, early)).size == 0);
  if (end.size == 0) return 0;
  const auto head = read_head(bytes.substr(0, end.size));
  if (!head) {
    demand(head.error().status >= 400);
    return 0;
  }
  const auto& request = head->request;
  demand(request.path.starts_with('/') || request.path == "*");
  demand(is_one_line(request.path) && is_one_line(request.query));
  for (const auto& header : request.headers)
    demand(is_one_line(header.name) && is_one_line(header.value) && !header.name.empty());
  if (head->framing == Framing::chunked) {
    const auto rest = bytes.substr(end.size);
    demand(take(rest, 1) == take(rest, std::max<std::size_t>(rest.size(), 1)));
  }
  return 0;
}
