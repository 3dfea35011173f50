#include "report/cff.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

// A table is a header, then four INDEXes (font names, top DICTs, strings, global subroutines), then
// what the top DICT points to: charset, CharStrings, and a Private DICT with local subroutines. A
// CID-keyed font has an array of font DICTs in between, which point to the Private DICTs, and says
// for each glyph which of them it uses.

namespace legwork::report {
namespace {
/// Operators of DICTs; those of two bytes as 12 << 8 | second.
enum Operator : unsigned {
  font_box = 5,
  charset = 15,
  char_strings = 17,
  private_dict = 18,
  local_subroutines = 19,
  font_matrix = 12 << 8 | 7,
  ros = 12 << 8 | 30,
  cid_count = 12 << 8 | 34,
  font_dict_array = 12 << 8 | 36,
  font_dict_select = 12 << 8 | 37,
};

/// Bytes read with bounds: past the end they are zero.
unsigned u8(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}
unsigned u16(std::string_view bytes, std::size_t at) {
  return u8(bytes, at) << 8 | u8(bytes, at + 1);
}

std::string_view part(std::string_view bytes, std::size_t begin, std::size_t end) {
  begin = std::min(begin, bytes.size());
  return bytes.substr(begin, std::clamp(end, begin, bytes.size()) - begin);
}

/// An INDEX: a count, then offsets from 1, then the objects they tell apart.
struct Index {
  unsigned count = 0;
  std::string_view first;  ///< object
  std::size_t end = 0;     ///< of the INDEX, in the table

  Index(std::string_view cff, std::size_t at) : count(u16(cff, at)) {
    const std::size_t width = u8(cff, at + 2);
    const auto offset = [&](std::size_t i) {
      std::size_t value = 0;
      for (std::size_t k = 0; k < width && k < 4; ++k) {
        value = value << 8 | u8(cff, at + 3 + i * width + k);
      }
      return value;
    };
    const std::size_t base = at + 2 + (std::size_t{count} + 1) * width;
    end = count == 0 ? at + 2 : base + offset(count);
    if (count != 0) first = part(cff, base + offset(0), base + offset(1));
  }
};

/// One entry of a DICT: an operator after its operands.
struct Entry {
  unsigned operation;
  std::string_view bytes;             ///< operands and operator, as they stand
  std::vector<std::int64_t> numbers;  ///< operands; fractions as 0
};

/// How long the operand at `at` is, and its value.
std::pair<std::size_t, std::int64_t> operand(std::string_view dict, std::size_t at) {
  const unsigned byte = u8(dict, at);
  if (byte == 28) return {3, static_cast<std::int16_t>(u16(dict, at + 1))};
  if (byte == 29) {
    return {5, static_cast<std::int32_t>(u16(dict, at + 1) << 16 | u16(dict, at + 3))};
  }
  if (byte == 30) {  // a fraction, in nibbles up to one that is 15
    std::size_t last = at + 1;
    while (last < dict.size() && (u8(dict, last) >> 4) != 15 && (u8(dict, last) & 15) != 15) ++last;
    return {last + 1 - at, 0};
  }
  if (byte <= 246) return {1, static_cast<std::int64_t>(byte) - 139};
  if (byte <= 250) return {2, (byte - 247) * 256 + u8(dict, at + 1) + 108};
  return {2, -static_cast<std::int64_t>((byte - 251) * 256 + u8(dict, at + 1) + 108)};
}

std::vector<Entry> entries(std::string_view dict) {
  std::vector<Entry> found;
  Entry entry{};
  for (std::size_t at = 0, begin = 0; at < dict.size();) {
    const unsigned byte = u8(dict, at);
    if (byte > 21) {
      const auto [length, number] = operand(dict, at);
      entry.numbers.push_back(number);
      at += length;
      continue;
    }
    entry.operation = byte == 12 ? 12 << 8 | u8(dict, at + 1) : byte;
    at += byte == 12 ? 2 : 1;
    entry.bytes = part(dict, begin, at);
    found.push_back(std::move(entry));
    entry = {};
    begin = at;
  }
  return found;
}

const Entry* find(const std::vector<Entry>& dict, unsigned operation) {
  const auto found = std::find_if(dict.begin(), dict.end(),
                                  [&](const Entry& entry) { return entry.operation == operation; });
  return found == dict.end() ? nullptr : &*found;
}

/// An operand as a place in the table; the end of the table if it is none.
std::size_t place(const Entry* entry, std::size_t operand, std::string_view cff) {
  if (entry == nullptr || operand >= entry->numbers.size()) return cff.size();
  const std::int64_t number = entry->numbers[operand];
  return number < 0 ? cff.size() : std::min(static_cast<std::size_t>(number), cff.size());
}

void append_u16(std::string& out, std::size_t value) {
  out += static_cast<char>(value >> 8 & 0xFF);
  out += static_cast<char>(value & 0xFF);
}

/// An operand in the form that is equally long whatever its value.
void append_operand(std::string& out, std::size_t value) {
  out += static_cast<char>(29);
  append_u16(out, value >> 16);
  append_u16(out, value);
}

void append_operator(std::string& out, unsigned operation) {
  if (operation > 0xFF) out += static_cast<char>(operation >> 8);
  out += static_cast<char>(operation & 0xFF);
}

std::string index_of(const std::vector<std::string>& objects) {
  std::string out, data;
  append_u16(out, objects.size());
  out += '\2';  // bytes of an offset
  append_u16(out, 1);
  for (const auto& object : objects) {
    data += object;
    append_u16(out, data.size() + 1);
  }
  return out + data;
}

/// Says, as the first entry of a top DICT, that CIDs are those of Adobe-Identity-0. The names are
/// the strings 391 and 392, the first after the standard ones, in the shortest form: some readers
/// recognize no other.
constexpr std::string_view ros_entry = "\xF8\x1B\xF8\x1C\x8B\x0C\x1E";

/// What a CID-keyed font takes over from one of named glyphs, as it stands.
struct Parts {
  std::string_view names, global_subroutines, char_strings, private_dict;
  std::string_view box, matrix;  ///< entries; "" if there are none
  std::size_t private_size = 0;  ///< of the DICT; local subroutines follow it
  unsigned glyphs = 0;
};

std::optional<Parts> parts_of(std::string_view cff) {
  const std::size_t header = u8(cff, 2);
  const Index names(cff, header), top(cff, names.end), strings(cff, top.end);
  const Index global(cff, strings.end);
  const auto dict = entries(top.first);
  const std::size_t outlines = place(find(dict, char_strings), 0, cff);
  const Index glyphs(cff, outlines);
  const Entry* data = find(dict, private_dict);
  const std::size_t private_size = place(data, 0, cff), begin = place(data, 1, cff);
  const auto private_entries = entries(part(cff, begin, begin + private_size));
  std::size_t end = begin + private_size;
  if (const Entry* local = find(private_entries, local_subroutines)) {
    const std::size_t offset = place(local, 0, cff);
    if (offset < private_size) return std::nullopt;
    end = Index(cff, begin + offset).end;
  }
  const bool sound = glyphs.count > 0 && data != nullptr && begin < end && end <= cff.size() &&
                     outlines < glyphs.end && glyphs.end <= cff.size() && global.end <= cff.size();
  if (!sound) return std::nullopt;
  const Entry* box = find(dict, font_box);
  const Entry* matrix = find(dict, font_matrix);
  return Parts{part(cff, header, names.end),
               part(cff, strings.end, global.end),
               part(cff, outlines, glyphs.end),
               part(cff, begin, end),
               box != nullptr ? box->bytes : std::string_view(),
               matrix != nullptr ? matrix->bytes : std::string_view(),
               private_size,
               glyphs.count};
}

/// The charset in which each glyph's CID is its index.
std::string identity_charset(unsigned glyphs) {
  std::string out(1, glyphs > 1 ? '\2' : '\0');  // ranges, or an empty list
  if (glyphs > 1) {
    append_u16(out, 1);
    append_u16(out, glyphs - 2);
  }
  return out;
}

/// The one font DICT serves every glyph.
std::string single_select(unsigned glyphs) {
  std::string out = "\3";  // ranges
  append_u16(out, 1);
  append_u16(out, 0);
  out += '\0';
  append_u16(out, glyphs);
  return out;
}

/// A CID-keyed font with the identity for its charset, which is put at the end.
std::optional<std::string> renumbered(std::string_view cff, const std::vector<Entry>& top) {
  const Entry* old = find(top, charset);
  const Index glyphs(cff, place(find(top, char_strings), 0, cff));
  const bool replaceable = old != nullptr && old->bytes.size() == 6 && old->bytes.front() == 29;
  if (!replaceable || glyphs.count == 0) return std::nullopt;
  std::string pointer;
  append_operand(pointer, cff.size());
  append_operator(pointer, charset);
  std::string out(cff);
  out.replace(static_cast<std::size_t>(old->bytes.data() - cff.data()), pointer.size(), pointer);
  return out + identity_charset(glyphs.count);
}

/// A CID-keyed font made of one of named glyphs.
std::optional<std::string> without_names(std::string_view cff) {
  const auto parts = parts_of(cff);
  if (!parts) return std::nullopt;
  const std::string strings = index_of({"Adobe", "Identity"});
  const std::string glyph_charset = identity_charset(parts->glyphs);
  const std::string select = single_select(parts->glyphs);

  struct Places {
    std::size_t charset, select, outlines, array, data;
  };
  const auto top_index = [&](const Places& places) {
    std::string dict(ros_entry);
    dict += parts->box;
    const std::pair<std::size_t, Operator> pointers[] = {{parts->glyphs, cid_count},
                                                         {places.charset, charset},
                                                         {places.select, font_dict_select},
                                                         {places.outlines, char_strings},
                                                         {places.array, font_dict_array}};
    for (const auto& [value, operation] : pointers) {
      append_operand(dict, value);
      append_operator(dict, operation);
    }
    return index_of({dict});
  };
  const auto array_index = [&](const Places& places) {
    std::string dict(parts->matrix);
    append_operand(dict, parts->private_size);
    append_operand(dict, places.data);
    append_operator(dict, private_dict);
    return index_of({dict});
  };

  const std::string header("\1\0\4\4", 4);
  Places places{};  // operands are equally long whatever their value: measure first
  places.charset = header.size() + parts->names.size() + top_index(places).size() + strings.size() +
                   parts->global_subroutines.size();
  places.select = places.charset + glyph_charset.size();
  places.outlines = places.select + select.size();
  places.array = places.outlines + parts->char_strings.size();
  places.data = places.array + array_index(places).size();
  const std::string top = top_index(places), array = array_index(places);
  std::string out = header;
  for (const std::string_view piece :
       {parts->names, std::string_view(top), std::string_view(strings), parts->global_subroutines,
        std::string_view(glyph_charset), std::string_view(select), parts->char_strings,
        std::string_view(array), parts->private_dict}) {
    out += piece;
  }
  return out;
}
}  // namespace

std::optional<std::string> with_identity_cids(std::string_view cff) {
  const Index names(cff, u8(cff, 2));
  const auto top = entries(Index(cff, names.end).first);
  return find(top, ros) != nullptr ? renumbered(cff, top) : without_names(cff);
}
}  // namespace legwork::report
