#include "batch/record_lines.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <iterator>
#include <utility>

namespace legwork::batch {
namespace {
bool must_escape(char letter) {
  return static_cast<unsigned char>(letter) < 0x20 || letter == '%' || letter == 0x7f;
}

void append_escaped(std::string& to, std::string_view text) {
  for (const char letter : text)
    if (must_escape(letter))
      to += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    else
      to += letter;
}

std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char letter = 0;
    const auto* digits = text.data() + i + 1;
    const bool escaped = text[i] == '%' && i + 2 < text.size() &&
                         std::from_chars(digits, digits + 2, letter, 16).ptr == digits + 2;
    plain += escaped ? static_cast<char>(letter) : text[i];
    if (escaped) i += 2;
  }
  return plain;
}

/// Takes the text up to the next tab.
std::optional<std::string_view> take_field(std::string_view& text) {
  const auto tab = text.find('\t');
  if (tab == text.npos) return {};
  const auto field = text.substr(0, tab);
  text.remove_prefix(tab + 1);
  return field;
}

constexpr std::size_t step = std::size_t{1} << 16;
}  // namespace

std::optional<RecordLine> read_record_line(std::string_view text) {
  RecordLine line;
  const auto key = take_field(text);
  if (!key || key->empty()) return {};
  line.raw_key = *key;
  line.key = unescaped(*key);
  if (!text.starts_with('{')) {
    const auto file = take_field(text), at = take_field(text);
    if (!file || !at) return {};
    line.file = unescaped(*file);
    const auto* end = at->data() + at->size();
    if (std::from_chars(at->data(), end, line.at, 16).ptr != end) return {};
  }
  line.json = text;
  if (!text.starts_with('{')) return {};
  return line;
}

void append_record_line(std::string& to, const RecordLine& line) {
  append_escaped(to, line.key);
  to += '\t';
  append_escaped(to, line.file);
  fmt::format_to(std::back_inserter(to), "\t{:016x}\t", line.at);
  to.append(line.json) += '\n';
}

PipeLines::PipeLines(int handle, std::string name, std::size_t limit)
    : handle_(handle), name_(std::move(name)), limit_(limit) {}

/// More bytes behind those that are there; false at the end.
Result<bool> PipeLines::fill() {
  if (at_end_) return false;
  bytes_.erase(0, begin_);
  searched_ -= begin_;
  begin_ = 0;
  const auto held = bytes_.size();
  bytes_.resize(held + step);
  ssize_t got = -1;
  do got = ::read(handle_, bytes_.data() + held, step);
  while (got < 0 && errno == EINTR);
  bytes_.resize(held + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  if (got < 0)
    return refuse(ErrorKind::unavailable, name_,
                  fmt::format("cannot be read: {}", std::strerror(errno)));
  at_end_ = got == 0;
  return !at_end_;
}

Result<std::optional<PipeLines::Line>> PipeLines::next() {
  for (;;) {
    const auto end = bytes_.find('\n', searched_);
    if (end != bytes_.npos) {
      const auto text = std::string_view(bytes_).substr(begin_, end - begin_);
      begin_ = searched_ = end + 1;
      if (std::exchange(skipping_, false)) continue;
      return Line{text, ++number_};
    }
    searched_ = bytes_.size();
    if (skipping_) begin_ = searched_;
    if (bytes_.size() - begin_ > limit_) {
      const auto text = std::string_view(bytes_).substr(begin_, limit_);
      begin_ = searched_;
      skipping_ = true;
      return Line{text, ++number_, false};
    }
    const auto more = fill();
    if (!more) return tl::unexpected(more.error());
    if (*more) continue;
    const auto text = std::string_view(bytes_).substr(begin_);
    begin_ = searched_ = bytes_.size();
    if (text.empty()) return std::nullopt;
    return Line{text, ++number_};
  }
}

Result<std::optional<SortedRecords::Line>> SortedRecords::next() {
  for (;;) {
    auto text = lines_.next();
    if (!text) return tl::unexpected(text.error());
    if (!*text && last_ == keys::end) return std::nullopt;
    if (!*text)
      return refuse(ErrorKind::unavailable, "standard input",
                    fmt::format("ends without the line {}: who sends it was stopped; run it again",
                                keys::end));
    auto record = read_record_line((*text)->text);
    if (!record) return Line{std::nullopt, **text};
    if (record->raw_key < last_)
      return refuse(ErrorKind::unsupported, fmt::format("standard input:{}", (*text)->number),
                    "the lines are not sorted by their bytes; sort them with LC_ALL=C sort");
    if (record->raw_key != last_) last_ = record->raw_key;
    if (last_ != keys::end) return Line{std::move(record), **text};
  }
}
}  // namespace legwork::batch
