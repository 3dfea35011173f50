#include "report/text.hpp"

#include "report/atom.hpp"
#include "report/face.hpp"
#include "report/han.hpp"
#include "report/hyphenation.hpp"
#include "report/line_breaks.hpp"
#include "report/shaper.hpp"
#include "report/unicode.hpp"

#include <unicode/ubidi.h>
#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

// A line is made in three steps. Its text is cut into atoms, each of one style and direction and
// holding a word or one space; each atom is shaped, or found among the words shaped before; and the
// atoms are put in visual order. A paragraph that fits its width is one line and needs no breaks;
// another is cut at its break opportunities as well, and filled line by line.

namespace legwork::report {
namespace {
/// A fault of arithmetic, not of the eye: widths are sums in another order.
constexpr Length slack = Length::pt(0.001);

/// A line that is filled to this part of its width is better left as it is than ended by a hyphen.
constexpr double full_enough = 0.7;

/// Atoms that stay on one line.
struct Chunk {
  std::size_t first, last;
  Length width;    ///< without the spaces at its end
  Length advance;  ///< with them
};

/// How long the space at `at` is, if one stands there: ' ', or one that never breaks. Both are
/// shaped apart from the words around them, so that words are found again.
std::size_t space_length(std::string_view text, std::size_t at) {
  if (text[at] == ' ') return 1;
  if (text.substr(at, 2) == "\u00A0") return 2;
  return text.substr(at, 3) == "\u202F" ? 3 : 0;
}
}  // namespace

struct Typesetter::State {
  State(std::shared_ptr<const Fonts> the_fonts, const std::string& the_language)
      : fonts(std::move(the_fonts)),
        language(the_language),
        shaper(fonts, language),
        breaker(language),
        bidi(ubidi_open(), ubidi_close),
        right_to_left(reads_right_to_left(language)) {}

  void take(std::span<const Span> spans);
  bool ends_with_soft_hyphen(const Atom& atom) const {
    return std::string_view(text).substr(0, atom.end).ends_with("\u00AD");
  }
  std::vector<Atom> atoms(std::uint32_t begin, std::uint32_t end,
                          std::span<const std::uint32_t> breaks);
  void find_levels(std::uint32_t begin, std::uint32_t end);
  Atom shaped(std::uint32_t begin, std::uint32_t end, const Style& style, std::uint8_t level);
  Line finished(std::span<const Atom> atoms, LineEnd end) const;
  void wrap(std::uint32_t begin, std::uint32_t end, Length width, std::vector<Line>& lines);
  std::vector<Chunk> chunks(std::vector<Atom>& atoms, std::span<const std::uint32_t> breaks,
                            Length width);
  void split(const Atom& atom, Length width, std::vector<Atom>& parts);
  std::optional<std::pair<Atom, Atom>> divided(const Atom& atom, Length room);
  const std::vector<std::uint32_t>& division_places(std::string_view word);
  Atom with_hyphen(const Atom& atom);
  std::uint8_t base_level() const { return right_to_left ? 1 : 0; }

  std::shared_ptr<const Fonts> fonts;
  std::string language;
  Shaper shaper;
  LineBreaker breaker;
  std::shared_ptr<const Hyphenation> hyphenation;
  std::unordered_map<std::string, std::vector<std::uint32_t>> divisions;  // of words met before
  std::unique_ptr<UBiDi, void (*)(UBiDi*)> bidi;
  bool right_to_left;
  std::set<std::string> missing;

  // The text at hand.
  std::string text;
  std::span<const Span> spans;
  std::vector<std::uint32_t> span_ends;  // one for each span: bytes of the text
  std::vector<std::uint8_t> levels;      // one for each byte of a hard line; empty if all are 0
};

void Typesetter::State::take(std::span<const Span> the_spans) {
  shaper.make_room();
  spans = the_spans;
  text.clear();
  span_ends.clear();
  for (const auto& span : spans) {
    if (!append_clean(text, span.text)) missing.insert("malformed UTF-8");
    span_ends.push_back(static_cast<std::uint32_t>(text.size()));
  }
  shaper.prefer(han_of(text, language));
}

void Typesetter::State::find_levels(std::uint32_t begin, std::uint32_t end) {
  levels.clear();
  const auto part = std::string_view(text).substr(begin, end - begin);
  if (!right_to_left && !has_direction(part)) return;
  const Utf16 utf16 = to_utf16(part);
  UErrorCode status = U_ZERO_ERROR;
  ubidi_setPara(bidi.get(), utf16.text.data(), static_cast<std::int32_t>(utf16.text.size()),
                base_level(), nullptr, &status);
  const UBiDiLevel* found = ubidi_getLevels(bidi.get(), &status);
  if (U_FAILURE(status)) return;  // out of memory, or empty
  levels.assign(part.size(), base_level());
  for (std::size_t unit = 0; unit < utf16.text.size(); ++unit) {
    std::fill(levels.begin() + utf16.byte[unit], levels.begin() + utf16.byte[unit + 1],
              found[unit]);
  }
}

Atom Typesetter::State::shaped(std::uint32_t begin, std::uint32_t end, const Style& style,
                               std::uint8_t level) {
  const auto part = std::string_view(text).substr(begin, end - begin);
  const ShapedWord& word = shaper.word(part, style, (level & 1) != 0);
  missing.insert(word.missing.begin(), word.missing.end());
  return {begin, end, &style, level, part == " ", &word, word.width(style)};
}

std::vector<Atom> Typesetter::State::atoms(std::uint32_t begin, std::uint32_t end,
                                           std::span<const std::uint32_t> breaks) {
  find_levels(begin, end);
  std::vector<Atom> found;
  const auto level_at = [&](std::uint32_t at) { return levels.empty() ? 0 : levels[at - begin]; };
  auto next_break = breaks.begin();
  std::size_t span = 0;
  for (std::uint32_t at = begin; at < end;) {
    while (span_ends[span] <= at) ++span;
    while (next_break != breaks.end() && *next_break <= at) ++next_break;
    std::uint32_t limit = std::min(end, span_ends[span]);
    if (next_break != breaks.end()) limit = std::min(limit, *next_break);
    auto stop = at + static_cast<std::uint32_t>(space_length(text, at));
    if (stop == at) {
      while (stop < limit && level_at(stop) == level_at(at) && space_length(text, stop) == 0)
        ++stop;
    }
    found.push_back(shaped(at, stop, spans[span].style, static_cast<std::uint8_t>(level_at(at))));
    at = stop;
  }
  return found;
}

Line Typesetter::State::finished(std::span<const Atom> atoms, LineEnd end) const {
  Line line = assemble(atoms, end, base_level());
  for (const auto& span : spans) {
    const Metrics& metrics = fonts->family(span.style.weight).metrics;
    const Length unit = span.style.size / metrics.units_per_em;
    line.ascent = std::max(line.ascent, unit * metrics.ascent);
    line.descent = std::max(line.descent, unit * -metrics.descent);
  }
  return line;
}

void Typesetter::State::split(const Atom& atom, Length width, std::vector<Atom>& parts) {
  const auto part = [&](std::uint32_t begin, std::uint32_t end) {
    return shaped(begin, end, *atom.style, atom.level);
  };
  for (std::uint32_t begin = atom.begin; begin < atom.end;) {
    // Clusters alone are at least as wide as joined, nearly always: they tell where to try.
    std::vector<std::uint32_t> ends;
    Length sum;
    for (std::uint32_t at = begin; at < atom.end && (ends.empty() || sum <= width);) {
      const auto stop = static_cast<std::uint32_t>(cluster_end(text, at));
      sum += part(at, std::min(stop, atom.end)).width;
      ends.push_back(at = std::min(stop, atom.end));
    }
    if (sum > width + slack && ends.size() > 1) ends.pop_back();
    Atom fit = part(begin, ends.back());
    while (fit.width > width + slack && ends.size() > 1) {
      ends.pop_back();
      fit = part(begin, ends.back());
    }
    parts.push_back(fit);
    begin = ends.back();
  }
}

/// The atoms between breaks; where those are too wide, each atom alone, cut as small as needed.
std::vector<Chunk> Typesetter::State::chunks(std::vector<Atom>& atoms,
                                             std::span<const std::uint32_t> breaks, Length width) {
  std::vector<Chunk> found;
  std::vector<Atom> cut;
  const auto add = [&](std::size_t first) {
    const auto part = std::span<const Atom>(cut).subspan(first);
    Length visible = sum_of_widths(trimmed(part));
    if (ends_with_soft_hyphen(cut.back()))
      visible += with_hyphen(cut.back()).width - cut.back().width;
    found.push_back({first, cut.size(), visible, sum_of_widths(part)});
  };
  auto next_break = breaks.begin();
  for (auto it = atoms.begin(); it != atoms.end();) {
    while (next_break != breaks.end() && *next_break <= it->begin) ++next_break;
    const auto stop = std::find_if(it, atoms.end(), [&](const Atom& atom) {
      return next_break != breaks.end() && atom.begin >= *next_break;
    });
    if (sum_of_widths(trimmed({it, stop})) <= width + slack) {
      cut.insert(cut.end(), it, stop);
      add(cut.size() - static_cast<std::size_t>(stop - it));
    } else {
      for (auto atom = it; atom != stop; ++atom) {
        std::vector<Atom> parts;
        split(*atom, width, parts);
        for (const auto& part : parts) {
          cut.push_back(part);
          add(cut.size() - 1);
        }
      }
    }
    it = stop;
  }
  atoms = std::move(cut);
  return found;
}

const std::vector<std::uint32_t>& Typesetter::State::division_places(std::string_view word) {
  constexpr std::size_t remembered = 4096;
  if (divisions.size() > remembered) divisions.clear();
  const auto [found, is_new] = divisions.try_emplace(std::string(word));
  if (is_new) found->second = hyphenation->places(word);
  return found->second;
}

/// A word cut in two, the first part with its hyphen as long as there is room for.
std::optional<std::pair<Atom, Atom>> Typesetter::State::divided(const Atom& atom, Length room) {
  const Style& style = *atom.style;
  if (!hyphenation || !style.hyphenated || style.tracking != Length() || atom.level != 0) return {};
  const auto word = std::string_view(text).substr(atom.begin, atom.end - atom.begin);
  const auto& places = division_places(word);
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    const auto parts = shaper.divided(word, *place, style);
    if (!parts) return {};
    Atom first = atom, second = atom;
    first.end = second.begin = atom.begin + *place;
    first.word = parts->first;
    second.word = parts->second;
    first.width = first.word->width(style);
    second.width = second.word->width(style);
    if (first.width <= room + slack) return std::pair(first, second);
  }
  return {};
}

/// A word that ends with a soft hyphen, at the end of a line.
Atom Typesetter::State::with_hyphen(const Atom& atom) {
  Atom shown = atom;
  const auto word = std::string_view(text).substr(atom.begin, atom.end - atom.begin);
  if (const auto* hyphened = shaper.hyphened(word, *atom.style)) shown.word = hyphened;
  shown.width = shown.word->width(*atom.style);
  return shown;
}

void Typesetter::State::wrap(std::uint32_t begin, std::uint32_t end, Length width,
                             std::vector<Line>& lines) {
  auto breaks = breaker.opportunities(std::string_view(text).substr(begin, end - begin));
  for (auto& place : breaks) place += begin;
  auto all = atoms(begin, end, breaks);
  const auto parts = chunks(all, breaks, width);
  const std::span<const Atom> atoms(all);
  std::size_t line_begin = 0;
  Length filled;
  for (auto chunk : parts) {
    if (filled + chunk.width > width + slack && chunk.first > line_begin) {
      const auto before = atoms.subspan(line_begin, chunk.first - line_begin);
      std::vector<Atom> line(before.begin(), before.end());
      Atom& next = all[chunk.first];
      if (ends_with_soft_hyphen(line.back())) line.back() = with_hyphen(line.back());
      if (sum_of_widths(trimmed(before)) < width * full_enough) {
        if (const auto parted = divided(next, width - filled)) {
          line.push_back(parted->first);
          chunk.advance += parted->second.width - next.width;
          next = parted->second;
        }
      }
      lines.push_back(finished(line, LineEnd::soft));
      line_begin = chunk.first;
      filled = Length();
    }
    filled += chunk.advance;
  }
  lines.push_back(finished(trimmed(atoms.subspan(line_begin)), LineEnd::hard));
}

Typesetter::Typesetter(std::shared_ptr<const Fonts> fonts, std::string language)
    : state_(std::make_unique<State>(std::move(fonts), language)) {}
Typesetter::~Typesetter() = default;
Typesetter::Typesetter(Typesetter&&) noexcept = default;
Typesetter& Typesetter::operator=(Typesetter&&) noexcept = default;

void Typesetter::hyphenate(std::shared_ptr<const Hyphenation> hyphenation) {
  state_->hyphenation = std::move(hyphenation);
  state_->divisions.clear();
}

Line Typesetter::line(std::span<const Span> spans) {
  state_->take(spans);
  std::replace(state_->text.begin(), state_->text.end(), '\n', ' ');
  const auto end = static_cast<std::uint32_t>(state_->text.size());
  return state_->finished(state_->atoms(0, end, {}), LineEnd::hard);
}

Line Typesetter::line(std::string_view text, const Style& style) {
  const Span span{std::string(text), style};
  return line({&span, 1});
}

std::vector<Line> Typesetter::paragraph(std::span<const Span> spans, Length width) {
  state_->take(spans);
  std::vector<Line> lines;
  const auto size = static_cast<std::uint32_t>(state_->text.size());
  for (std::uint32_t begin = 0; begin <= size;) {
    const auto end =
        static_cast<std::uint32_t>(std::min<std::size_t>(state_->text.find('\n', begin), size));
    const auto all = state_->atoms(begin, end, {});
    const auto visible = trimmed(all);
    if (sum_of_widths(visible) <= width + slack) {
      lines.push_back(state_->finished(visible, LineEnd::hard));
    } else {
      state_->wrap(begin, end, width, lines);
    }
    begin = end + 1;
  }
  return lines;
}

Length Typesetter::width(std::string_view text, const Style& style) {
  const Span span{std::string(text), style};
  state_->take({&span, 1});
  std::replace(state_->text.begin(), state_->text.end(), '\n', ' ');
  const auto end = static_cast<std::uint32_t>(state_->text.size());
  return sum_of_widths(state_->atoms(0, end, {}));
}

const std::shared_ptr<const Fonts>& Typesetter::fonts() const { return state_->fonts; }

std::vector<std::string> Typesetter::take_missing() {
  std::vector<std::string> taken(state_->missing.begin(), state_->missing.end());
  state_->missing.clear();
  return taken;
}
}  // namespace legwork::report
