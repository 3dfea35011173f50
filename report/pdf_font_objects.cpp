#include "report/pdf_font_objects.hpp"

#include "report/pdf_content.hpp"
#include "report/pdf_syntax.hpp"

#include <cmath>

namespace legwork::report {
namespace {
/// "0 [600 612] 7 [580]": a code, and the widths from there on.
std::string widths(const FontSubset& subset) {
  std::string out;
  for (std::size_t i = 0; i < subset.codes.size(); ++i) {
    if (i == 0 || subset.codes[i] != subset.codes[i - 1] + 1) {
      if (i > 0) out += "] ";
      append_integer(out, subset.codes[i]);
      out += " [";
    }
    append_number(out, subset.widths[i]);
    out += ' ';
  }
  return out + "]";
}

std::string descriptor(const Face& face, const FontSubset& subset, int program, int cid_set) {
  const Metrics& metrics = face.metrics;
  std::string out = "/Type /FontDescriptor /FontName " + name(subset.name);
  const auto add = [&](std::string_view key, double value) {
    (out += ' ').append(key) += ' ';
    append_number(out, value, 0);
  };
  constexpr int symbolic = 4, italic = 64;  // symbolic: its encoding is its own
  add("/Flags", symbolic + (metrics.italic_angle != 0 ? italic : 0));
  out += " /FontBBox [";
  for (const int edge : metrics.box) {
    append_number(out, face.thousandths(edge), 0);
    out += ' ';
  }
  out += ']';
  add("/ItalicAngle", metrics.italic_angle);
  add("/Ascent", face.thousandths(metrics.ascent));
  add("/Descent", face.thousandths(metrics.descent));
  add("/CapHeight", face.thousandths(metrics.cap_height));
  add("/XHeight", face.thousandths(metrics.x_height));
  add("/StemV", 50 + metrics.weight / 8.0);  // no font says; readers only guess by it
  out += face.outlines == Outlines::true_type ? " /FontFile2 " : " /FontFile3 ";
  return out + reference(program) + " /CIDSet " + reference(cid_set);
}

int add_program(const Face& face, const FontSubset& subset, PdfObjects& objects) {
  const std::string kind = face.outlines == Outlines::true_type
                               ? "/Length1 " + std::to_string(subset.program_size)
                               : "/Subtype /CIDFontType0C";
  return objects.add_stream(kind + " /Filter /FlateDecode", subset.program);
}

int add_font(const DocumentFonts::Font& font, PdfObjects& objects) {
  const Face& face = *font.face;
  const FontSubset& subset = *font.part->subset;
  const int program = add_program(face, subset, objects);
  const int cid_set = objects.add_stream({}, subset.cid_set);
  const int described = objects.add(descriptor(face, subset, program, cid_set));
  const bool true_type = face.outlines == Outlines::true_type;
  const int descendant = objects.add(
      "/Type /Font /Subtype " + std::string(true_type ? "/CIDFontType2" : "/CIDFontType0") +
      " /BaseFont " + name(subset.name) +
      " /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>" +
      " /FontDescriptor " + reference(described) + " /W [" + widths(subset) + "]" +
      (true_type ? " /CIDToGIDMap /Identity" : ""));
  const int to_unicode = objects.add_stream("/Filter /FlateDecode", font.part->to_unicode);
  return objects.add("/Type /Font /Subtype /Type0 /BaseFont " + name(subset.name) +
                     " /Encoding /Identity-H /DescendantFonts [" + reference(descendant) +
                     "] /ToUnicode " + reference(to_unicode));
}
}  // namespace

std::string add_fonts(const DocumentFonts& fonts, PdfObjects& objects) {
  std::string entries;
  for (std::size_t i = 0; i < fonts.fonts().size(); ++i) {
    entries += "/" + font_resource(i) + " " + reference(add_font(fonts.fonts()[i], objects)) + " ";
  }
  return entries;
}
}  // namespace legwork::report
