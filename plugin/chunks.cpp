#include "plugin/chunks.hpp"

#include <algorithm>
#include <charconv>

namespace legwork::plugin {
namespace {
constexpr std::size_t line_limit = 256;    // of one line of a size, or of one trailer
constexpr std::size_t spent_limit = 8192;  // of all extensions and trailers of one body
}  // namespace

Chunks::State Chunks::read_size() {
  std::size_t size = 0;
  const char* const begin = line_.data();
  const auto [end, error] = std::from_chars(begin, begin + line_.size(), size, 16);
  if (error != std::errc() || end == begin) return State::malformed;
  const auto extension = static_cast<std::size_t>(begin + line_.size() - end);
  if (extension > 0 && *end != ';' && *end != ' ' && *end != '\t') return State::malformed;
  spent_ += extension;
  if (spent_ > spent_limit) return State::malformed;
  if (size > limit_ - total_) return State::too_large;
  total_ += size;
  left_ = size;
  part_ = size == 0 ? Part::trailer : Part::data;
  return State::more;
}

/// What a whole line means, without its end.
Chunks::State Chunks::end_of_line() {
  switch (part_) {
    case Part::size:
      return read_size();
    case Part::data_end:
      part_ = Part::size;
      return line_.empty() ? State::more : State::malformed;
    case Part::trailer:
      if (line_.empty()) part_ = Part::done;
      spent_ += line_.size() + 2;
      return spent_ > spent_limit ? State::malformed
                                  : (part_ == Part::done ? State::done : State::more);
    case Part::data:
    case Part::done:
      break;
  }
  return State::malformed;
}

Chunks::Taken Chunks::take(std::string_view bytes, std::string& body) {
  std::size_t at = 0;
  while (at < bytes.size() && part_ != Part::done) {
    if (part_ == Part::data) {
      const auto here = std::min(left_, bytes.size() - at);
      body.append(bytes.substr(at, here));
      at += here;
      left_ -= here;
      if (left_ == 0) part_ = Part::data_end;
      continue;
    }
    const char c = bytes[at++];
    const bool after_return = line_.ends_with('\r');
    if (c == '\n' && after_return) {
      line_.pop_back();
      const auto state = end_of_line();
      line_.clear();
      if (state != State::more) return {at, state};
    } else if (c == '\n' || after_return || c == '\0' || line_.size() == line_limit) {
      return {at, State::malformed};
    } else {
      line_ += c;
    }
  }
  return {at, part_ == Part::done ? State::done : State::more};
}
}  // namespace legwork::plugin
