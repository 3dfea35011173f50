#include "report/pdf_metadata.hpp"

#include "report/pdf_syntax.hpp"
#include "report/unicode.hpp"

#include <string_view>

namespace legwork::report {
namespace {
constexpr std::string_view program = "legwork";
constexpr auto producer = pdf_producer;

/// As XML text: what XML 1.0 cannot hold is left out.
std::string escaped(std::string_view text) {
  std::string clean, out;
  append_clean(clean, text);
  for (const char c : clean) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= ' ' || c == '\n') out += c;
    }
  }
  return out;
}

/// "2026-11-22T00:00:00Z" as "D:20261122000000Z".
std::string pdf_date(std::string_view iso) {
  std::string out = "D:";
  for (const char c : iso) {
    if (c >= '0' && c <= '9') out += c;
  }
  return out + 'Z';
}

std::string description(std::string_view space, std::string_view uri, std::string_view content) {
  std::string out = "<rdf:Description rdf:about=\"\" xmlns:";
  out.append(space).append("=\"").append(uri).append("\">").append(content);
  return out + "</rdf:Description>\n";
}

std::string element(std::string_view tag, std::string_view content) {
  std::string out = "<";
  out.append(tag).append(">").append(content).append("</").append(tag);
  return out + ">";
}

/// A text in the default language, as RDF spells it.
std::string alternatives(std::string_view text) {
  return "<rdf:Alt><rdf:li xml:lang=\"x-default\">" + escaped(text) + "</rdf:li></rdf:Alt>";
}

/// PDF/A-1 knows no PDF/UA: a schema it does not know must be described in the packet itself.
std::string ua_schema(std::string_view other_schemas) {
  return "<rdf:Description rdf:about=\"\" "
         "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
         "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
         "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"><pdfaExtension:schemas>"
         "<rdf:Bag>" +
         std::string(other_schemas) +
         "<rdf:li rdf:parseType=\"Resource\">"
         "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
         "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
         "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
         "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>part</pdfaProperty:name>"
         "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
         "<pdfaProperty:category>internal</pdfaProperty:category>"
         "<pdfaProperty:description>PDF/UA version</pdfaProperty:description></rdf:li></rdf:Seq>"
         "</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n";
}
}  // namespace

std::string information(const Pages& pages, const PdfOptions& options) {
  std::string out = "/Title " + text_string(pages.title);
  if (!options.author.empty()) out += " /Author " + text_string(options.author);
  if (!pages.subject.empty()) out += " /Subject " + text_string(pages.subject);
  const std::string date = byte_string(pdf_date(options.created));
  return out + " /Creator " + text_string(program) + " /Producer " + text_string(producer) +
         " /CreationDate " + date + " /ModDate " + date;
}

std::string xmp_packet(const Pages& pages, const PdfOptions& options) {
  std::string dublin_core =
      element("dc:format", "application/pdf") + element("dc:title", alternatives(pages.title));
  if (!options.author.empty()) {
    dublin_core +=
        element("dc:creator", element("rdf:Seq", element("rdf:li", escaped(options.author))));
  }
  if (!pages.subject.empty()) {
    dublin_core += element("dc:description", alternatives(pages.subject));
  }
  dublin_core +=
      element("dc:language", element("rdf:Bag", element("rdf:li", escaped(pages.language))));
  const std::string date = escaped(options.created);
  const bool says_origin = !options.made_from.program.empty();
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
         "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" +
         description("dc", "http://purl.org/dc/elements/1.1/", dublin_core) +
         description("xmp", "http://ns.adobe.com/xap/1.0/",
                     element("xmp:CreatorTool", program) + element("xmp:CreateDate", date) +
                         element("xmp:ModifyDate", date)) +
         description("pdf", "http://ns.adobe.com/pdf/1.3/", element("pdf:Producer", producer)) +
         description("pdfaid", "http://www.aiim.org/pdfa/ns/id/",
                     element("pdfaid:part", "1") + element("pdfaid:conformance", "A")) +
         description("pdfuaid", "http://www.aiim.org/pdfua/ns/id/", element("pdfuaid:part", "1")) +
         (says_origin ? made_from_properties(options.made_from) : std::string()) +
         ua_schema(says_origin ? made_from_schema() : std::string()) +
         "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
}
}  // namespace legwork::report
