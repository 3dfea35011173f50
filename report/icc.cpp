#include "report/icc.hpp"

#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

// A profile is a header of 128 bytes, a table of tags (signature, offset, size), and the tags'
// data, all big-endian, each aligned to four bytes.

namespace legwork::report {
namespace {
constexpr int curve_points = 1024;

void append_u16(std::string& out, unsigned value) {
  out += static_cast<char>(value >> 8 & 0xFF);
  out += static_cast<char>(value & 0xFF);
}

void append_u32(std::string& out, std::uint32_t value) {
  append_u16(out, value >> 16);
  append_u16(out, value & 0xFFFF);
}

/// A number with sixteen bits on either side of the point.
void append_fixed(std::string& out, double value) {
  append_u32(out, static_cast<std::uint32_t>(std::lround(value * 65536)));
}

void pad(std::string& out) { out.append((4 - out.size() % 4) % 4, '\0'); }

std::string begun(std::string_view type) { return std::string(type) + std::string(4, '\0'); }

std::string description(std::string_view text) {
  std::string out = begun("desc");
  append_u32(out, static_cast<std::uint32_t>(text.size() + 1));
  out.append(text);
  return out + std::string(1 + 4 + 4 + 2 + 1 + 67, '\0');  // no Unicode, no Macintosh name
}

std::string text(std::string_view text) { return begun("text") + std::string(text) + '\0'; }

std::string xyz(double x, double y, double z) {
  std::string out = begun("XYZ ");
  for (const double value : {x, y, z}) append_fixed(out, value);
  return out;
}

/// The tone curve of sRGB: linear near black, then a power of 2.4.
std::string tone_curve() {
  std::string out = begun("curv");
  append_u32(out, curve_points);
  for (int i = 0; i < curve_points; ++i) {
    const double x = static_cast<double>(i) / (curve_points - 1);
    const double y = x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
    append_u16(out, static_cast<unsigned>(std::lround(y * 65535)));
  }
  return out;
}

std::string header(std::size_t profile_size) {
  std::string out;
  append_u32(out, static_cast<std::uint32_t>(profile_size));
  append_u32(out, 0);           // no preferred engine
  append_u32(out, 0x02100000);  // version 2.1
  out += "mntrRGB XYZ ";
  for (const unsigned part : {2026U, 1U, 1U, 0U, 0U, 0U}) append_u16(out, part);  // made on
  out += "acsp";
  out.append(28, '\0');  // platform, flags, device, intent: none in particular
  for (const double value : {0.9642, 1.0, 0.8249}) append_fixed(out, value);  // D50
  out.resize(128, '\0');
  return out;
}
}  // namespace

std::string srgb_profile() {
  struct Tag {
    std::string_view signature;
    std::string data;
  };
  // Primaries and white are those of sRGB, adapted to D50 as the format demands.
  const std::vector<Tag> tags = {{"desc", description("sRGB IEC61966-2.1")},
                                 {"cprt", text("No copyright, use freely")},
                                 {"wtpt", xyz(0.9642, 1, 0.8249)},
                                 {"rXYZ", xyz(0.43607, 0.22249, 0.01392)},
                                 {"gXYZ", xyz(0.38515, 0.71687, 0.09708)},
                                 {"bXYZ", xyz(0.14307, 0.06061, 0.71410)},
                                 {"rTRC", tone_curve()},
                                 {"gTRC", {}},
                                 {"bTRC", {}}};  // the same curve for all three
  std::string table, data;
  append_u32(table, static_cast<std::uint32_t>(tags.size()));
  const std::size_t data_offset = 128 + 4 + tags.size() * 12;
  std::size_t offset = 0, size = 0;
  for (const auto& [signature, bytes] : tags) {
    if (!bytes.empty()) {
      offset = data_offset + data.size();
      size = bytes.size();
      data += bytes;
      pad(data);
    }
    table += signature;
    append_u32(table, static_cast<std::uint32_t>(offset));
    append_u32(table, static_cast<std::uint32_t>(size));
  }
  return header(data_offset + data.size()) + table + data;
}
}  // namespace legwork::report
