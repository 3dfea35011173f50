#include "report/pdf_metadata.hpp"

#include "base/text.hpp"
#include "report/pdf_syntax.hpp"
#include "report/unicode.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace legwork::report {
namespace {
constexpr std::string_view program = "legwork";
constexpr auto producer = pdf_producer;

/// As XML text: what XML 1.0 cannot hold is left out.
std::string escaped(std::string_view text) {
  std::string clean;
  append_clean(clean, text);
  std::erase_if(clean, [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\n'; });
  return escape_markup(clean);
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

/// The properties of one namespace.
struct Schema {
  struct Property {
    std::string_view name;
    std::string value;                  ///< as XML
    std::string_view type = {};         ///< of a schema that PDF/A does not know: "Integer"
    std::string_view description = {};  ///< likewise
  };
  std::string_view prefix, uri;
  std::string_view title = {};  ///< of a schema that PDF/A does not know
  std::vector<Property> properties;
};

std::string properties_of(const Schema& schema) {
  std::string content;
  for (const auto& property : schema.properties)
    content +=
        element(std::string(schema.prefix).append(":").append(property.name), property.value);
  return description(schema.prefix, schema.uri, content);
}

constexpr std::string_view resource = "<rdf:li rdf:parseType=\"Resource\">";

std::string described(const Schema& schema) {
  std::string properties;
  for (const auto& property : schema.properties)
    properties.append(resource)
        .append(element("pdfaProperty:name", property.name))
        .append(element("pdfaProperty:valueType", property.type))
        .append(element("pdfaProperty:category", "internal"))
        .append(element("pdfaProperty:description", property.description))
        .append("</rdf:li>");
  return std::string(resource) + element("pdfaSchema:schema", schema.title) +
         element("pdfaSchema:namespaceURI", schema.uri) +
         element("pdfaSchema:prefix", schema.prefix) +
         element("pdfaSchema:property", element("rdf:Seq", properties)) + "</rdf:li>";
}

/// What PDF/A does not know it wants described in the packet itself (ISO 19005-1, 6.7.8); `all`
/// begins with what is described already.
std::string descriptions(const std::vector<Schema>& schemas, std::string all) {
  for (const auto& schema : schemas) all += described(schema);
  return "<rdf:Description rdf:about=\"\" "
         "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
         "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
         "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">" +
         element("pdfaExtension:schemas", element("rdf:Bag", all)) + "</rdf:Description>\n";
}

std::vector<Schema> known_schemas(const Pages& pages, const PdfOptions& options) {
  Schema core = {"dc", "http://purl.org/dc/elements/1.1/", {}, {}};
  core.properties = {{"format", "application/pdf"}, {"title", alternatives(pages.title)}};
  if (!options.author.empty())
    core.properties.push_back(
        {"creator", element("rdf:Seq", element("rdf:li", escaped(options.author)))});
  if (!pages.subject.empty())
    core.properties.push_back({"description", alternatives(pages.subject)});
  core.properties.push_back(
      {"language", element("rdf:Bag", element("rdf:li", escaped(pages.language)))});
  const std::string date = escaped(options.created);
  const bool third = options.profile == Profile::archive_data;
  return {std::move(core),
          {"xmp",
           "http://ns.adobe.com/xap/1.0/",
           {},
           {{"CreatorTool", std::string(program)}, {"CreateDate", date}, {"ModifyDate", date}}},
          {"pdf", "http://ns.adobe.com/pdf/1.3/", {}, {{"Producer", std::string(producer)}}},
          {"pdfaid",
           "http://www.aiim.org/pdfa/ns/id/",
           {},
           {{"part", third ? "3" : "1"}, {"conformance", "A"}}}};
}

/// Schemas that PDF/A does not know. A further one is a further entry here.
std::vector<Schema> own_schemas() {
  return {{"pdfuaid",
           "http://www.aiim.org/pdfua/ns/id/",
           "PDF/UA identification schema",
           {{"part", "1", "Integer", "PDF/UA version"}}}};
}
}  // namespace

std::string information(const Pages& pages, const PdfOptions& options) {
  std::string out = "/Title " + text_string(pages.title);
  if (!options.author.empty()) out += " /Author " + text_string(options.author);
  if (!pages.subject.empty()) out += " /Subject " + text_string(pages.subject);
  const std::string date = date_string(options.created);
  return out + " /Creator " + text_string(program) + " /Producer " + text_string(producer) +
         " /CreationDate " + date + " /ModDate " + date;
}

std::string xmp_packet(const Pages& pages, const PdfOptions& options) {
  const auto own = own_schemas();
  const bool says_origin = !options.made_from.program.empty();
  std::string out =
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n";
  for (const auto& schema : known_schemas(pages, options)) out += properties_of(schema);
  for (const auto& schema : own) out += properties_of(schema);
  if (says_origin) out += made_from_properties(options.made_from);
  return out + descriptions(own, says_origin ? made_from_schema() : std::string()) +
         "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
}
}  // namespace legwork::report
