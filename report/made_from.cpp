#include "report/made_from.hpp"

#include "base/digest.hpp"
#include "report/pdf_metadata.hpp"
#include "report/pdf_syntax.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

// The properties are elements of one RDF description in the file's XMP packet, which PDF/A keeps
// uncompressed so that anyone can find it:
//   <legwork:program>0.1.0</legwork:program> … <legwork:fileDigest>64 digits</legwork:fileDigest>
// The last is the seal: the SHA-256 of the file with 64 zeros in its place.

namespace legwork::report {
namespace {
constexpr std::string_view space = "https://legwork.example.org/ns/report/1/";
constexpr std::string_view seal_open = "<legwork:fileDigest>", seal_close = "</legwork:fileDigest>";
constexpr std::size_t digest_size = 64, longest = 100;
const std::string unsealed(digest_size, '0');

struct Property {
  std::string_view name;
  std::string MadeFrom::*value;
  std::string_view description;
  enum class Presence { always, where_given } presence;
};

using enum Property::Presence;
constexpr std::array properties = {
    Property{"program", &MadeFrom::program, "Version of legwork that made the file", always},
    Property{"profile", &MadeFrom::profile, "Kind of file", always},
    Property{"asOf", &MadeFrom::as_of, "Day that the record was judged on", always},
    Property{"onset", &MadeFrom::onset, "Onset as it was given", where_given},
    Property{"pack", &MadeFrom::pack, "Rules that were used", always},
    Property{"packVersion", &MadeFrom::pack_version, "Their version", always},
    Property{"packDigest", &MadeFrom::pack_digest, "SHA-256 of their files", always},
    Property{"codesDigest", &MadeFrom::codes_digest, "SHA-256 of a site's own codes", where_given},
    Property{"answersDigest", &MadeFrom::answers_digest, "SHA-256 of answers beside the record",
             where_given},
    Property{"previousDigest", &MadeFrom::previous_digest, "SHA-256 of an earlier assessment",
             where_given},
    Property{"template", &MadeFrom::layout, "Template of the pages", always},
    Property{"templateDigest", &MadeFrom::layout_digest, "SHA-256 of the template", always},
    Property{"fontsDigest", &MadeFrom::fonts_digest, "SHA-256 of the fonts in use", always},
    Property{"wordsDigest", &MadeFrom::words_digest, "SHA-256 of the words on the pages", always},
    Property{"assessmentDigest", &MadeFrom::assessment_digest, "SHA-256 of the assessment", always},
};

/// Stands in XML as it is, and in a terminal.
bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(" ._+/-").find(c) != std::string_view::npos;
}

std::string plain(std::string_view text) {
  std::string clean(text.substr(0, longest));
  std::replace_if(
      clean.begin(), clean.end(), [](char c) { return !is_plain(c); }, '_');
  return clean;
}

/// What stands between the first `open` and the `close` that follows it, if it is short and plain.
std::optional<std::string_view> between(std::string_view text, std::string_view open,
                                        std::string_view close) {
  const auto at = text.find(open);
  if (at == text.npos) return {};
  const auto rest = text.substr(at + open.size(), longest + close.size());
  const auto end = rest.find(close);
  if (end == rest.npos) return {};
  const auto found = rest.substr(0, end);
  if (!std::all_of(found.begin(), found.end(), is_plain)) return {};
  return found;
}

std::string described(std::string_view name, std::string_view description) {
  return fmt::format(
      "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{}</pdfaProperty:name>"
      "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
      "<pdfaProperty:category>internal</pdfaProperty:category>"
      "<pdfaProperty:description>{}</pdfaProperty:description></rdf:li>",
      name, description);
}

/// Where the digits of the seal stand; npos where there is no room for one.
std::size_t seal_place(std::string_view pdf) {
  const auto open = pdf.find(seal_open);
  if (open == pdf.npos) return pdf.npos;
  const auto place = open + seal_open.size();
  return pdf.substr(place).size() >= digest_size + seal_close.size() &&
                 pdf.substr(place + digest_size).starts_with(seal_close)
             ? place
             : pdf.npos;
}

std::string digest_without_seal(std::string pdf, std::size_t place) {
  return sha256(pdf.replace(place, digest_size, unsealed));
}

/// A changed byte must not make a stranger of one of our files: it says three times whose it is.
bool is_ours(std::string_view pdf) {
  return pdf.find(space) != pdf.npos || pdf.find(seal_open) != pdf.npos ||
         pdf.find("/Producer " + text_string(pdf_producer)) != pdf.npos;
}
}  // namespace

std::string made_from_properties(const MadeFrom& from) {
  auto text = fmt::format("<rdf:Description rdf:about=\"\" xmlns:legwork=\"{}\">", space);
  for (const auto& property : properties)
    if (const auto& value = from.*property.value; !value.empty())
      text += fmt::format("<legwork:{0}>{1}</legwork:{0}>", property.name, plain(value));
  return text + fmt::format("{}{}{}</rdf:Description>\n", seal_open, unsealed, seal_close);
}

std::string made_from_schema() {
  auto text = fmt::format(
      "<rdf:li rdf:parseType=\"Resource\">"
      "<pdfaSchema:schema>What a legwork report was made from</pdfaSchema:schema>"
      "<pdfaSchema:namespaceURI>{}</pdfaSchema:namespaceURI>"
      "<pdfaSchema:prefix>legwork</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>",
      space);
  for (const auto& property : properties) text += described(property.name, property.description);
  text += described("fileDigest", "SHA-256 of the file with zeros in the place of this");
  return text + "</rdf:Seq></pdfaSchema:property></rdf:li>";
}

void seal(std::string& pdf) {
  const auto place = seal_place(pdf);
  if (place == pdf.npos) return;
  pdf.replace(place, digest_size, digest_without_seal(pdf, place));
}

bool is_sealed(std::string_view pdf) {
  const auto place = seal_place(pdf);
  return place != pdf.npos &&
         pdf.substr(place, digest_size) == digest_without_seal(std::string(pdf), place);
}

Result<MadeFrom> read_made_from(std::string_view pdf, const std::string& name) {
  if (!is_ours(pdf))
    return refuse(ErrorKind::unsupported, name,
                  "is not a report that legwork wrote; give the file as `legwork report` left it");
  MadeFrom from;
  for (const auto& property : properties) {
    const auto value = between(pdf, fmt::format("<legwork:{}>", property.name),
                               fmt::format("</legwork:{}>", property.name));
    if (!value && property.presence == always)
      return refuse(ErrorKind::malformed, name,
                    "the file was changed after it was written: it no longer says what it was made "
                    "from; fetch it again from where it was filed");
    if (value) from.*property.value = *value;
  }
  return from;
}
}  // namespace legwork::report
