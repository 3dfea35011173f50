#include "report/template.hpp"

#include "base/digest.hpp"
#include "report/template_brand.hpp"
#include "report/template_faults.hpp"
#include "report/template_own.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <pugixml.hpp>

#include <algorithm>
#include <array>

namespace legwork::report {
namespace {
constexpr std::size_t longest_frame = 2;  // lines that header and footer may each add

constexpr std::array clinician_sections = {
    SectionKind{"patient", SectionId::patient, true},
    SectionKind{"red-flags", SectionId::red_flags, true},
    SectionKind{"stands-out", SectionId::stands_out},
    SectionKind{"changes", SectionId::changes},
    SectionKind{"first-steps", SectionId::first_steps},
    SectionKind{"causes", SectionId::causes},
    SectionKind{"results", SectionId::results},
    SectionKind{"medications", SectionId::medications},
    SectionKind{"questions", SectionId::questions},
    SectionKind{"workup", SectionId::workup},
    SectionKind{"notes", SectionId::notes},
    SectionKind{"basis", SectionId::basis, true},
    SectionKind{"sign-off", SectionId::sign_off},
};

constexpr std::array patient_sections = {
    SectionKind{"patient", SectionId::patient, true},
    SectionKind{"message", SectionId::message},
    SectionKind{"found", SectionId::found},
    SectionKind{"next", SectionId::next},
    SectionKind{"until-then", SectionId::until_then},
    SectionKind{"help", SectionId::help, true},
    SectionKind{"tell", SectionId::tell},
    SectionKind{"ask", SectionId::ask},
    SectionKind{"basis", SectionId::basis, true},
};

constexpr std::array kinds = {KindOfDocument{"clinician", DocumentKind::clinician, 2},
                              KindOfDocument{"patient", DocumentKind::patient, 1}};

/// Reads one file and notes each fault that it meets.
class Reader {
 public:
  Reader(std::string_view xml, std::string name) : xml_(xml), faults_(xml, std::move(name)) {}

  tl::expected<Template, std::vector<Error>> read();

 private:
  void read_document(const pugi::xml_node& node);
  void read_page(const pugi::xml_node& node);
  void read_section(const pugi::xml_node& node, std::vector<SectionForm>& page);
  void read_frame(const pugi::xml_node& node, std::vector<std::string>& lines);
  void read_text(const pugi::xml_node& node);
  void read_contacts(const pugi::xml_node& node);
  void check_pages(const pugi::xml_node& node);
  void check_texts(const pugi::xml_node& node);

  void fault(ErrorKind kind, const pugi::xml_node& node, std::string what) {
    faults_.add(kind, node, std::move(what));
  }

  std::string_view xml_;
  Faults faults_;
  Template form_;
  std::vector<WordingKey> keys_;
  std::size_t most_pages_ = 1, own_sections_ = 0;
};

tl::expected<Template, std::vector<Error>> Reader::read() {
  pugi::xml_document xml;
  const auto parsed =
      xml.load_buffer(xml_.data(), xml_.size(), pugi::parse_default | pugi::parse_ws_pcdata_single,
                      pugi::encoding_utf8);
  if (!parsed) {
    faults_.add(
        ErrorKind::malformed, parsed.offset,
        fmt::format("not well-formed XML ({}); correct the markup here", parsed.description()));
    return tl::unexpected(faults_.take());
  }
  const auto root = xml.document_element();
  if (root.name() != std::string_view("document"))
    fault(ErrorKind::malformed, root, fmt::format("expected <document>, got <{}>", root.name()));
  else
    read_document(root);
  if (!faults_.none()) return tl::unexpected(faults_.take());
  form_.digest = sha256(xml_);
  return std::move(form_);
}

void Reader::read_document(const pugi::xml_node& node) {
  faults_.check_attributes(node, {"kind", "lang", "paper"});
  const std::string_view kind_name = node.attribute("kind").value();
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const KindOfDocument& known) {
    return known.name == kind_name;
  });
  if (kind == kinds.end()) {
    std::vector<std::string> names;
    for (const auto& known : kinds) names.push_back(fmt::format("kind=\"{}\"", known.name));
    return fault(ErrorKind::unsupported, node,
                 fmt::format("kind '{}' is not made by this version; write {}", kind_name,
                             fmt::join(names, " or ")));
  }
  form_.kind = kind->kind;
  most_pages_ = kind->pages;
  keys_ = wording_keys(form_.kind);
  form_.language = node.attribute("lang").value();
  if (form_.language.empty())
    fault(ErrorKind::missing, node, "lang is absent; write the language of the texts: lang=\"en\"");
  const std::string_view paper = node.attribute("paper").value();
  if (paper != "A4" && paper != "Letter")
    fault(ErrorKind::malformed, node,
          fmt::format("paper '{}' is not known; write \"A4\" or \"Letter\"", paper));
  form_.paper = paper == "Letter" ? Paper::letter : Paper::a4;
  if (!node.child("brand"))
    fault(ErrorKind::missing, node,
          "<brand> is absent; name who sends the document: <brand name=\"…\" …/>");
  for (const auto& child : node.children()) {
    const std::string_view name = child.name();
    if (name == "brand")
      form_.brand = read_brand(child, faults_);
    else if (name == "page")
      read_page(child);
    else if ((name == "header" || name == "footer") && form_.kind == DocumentKind::patient)
      fault(ErrorKind::unsupported, child,
            fmt::format("a patient's page has no room for <{}>; remove it", name));
    else if (name == "header")
      read_frame(child, form_.header);
    else if (name == "footer")
      read_frame(child, form_.footer);
    else if (name == "text")
      read_text(child);
    else if (name == "contacts" && form_.kind == DocumentKind::patient)
      read_contacts(child);
    else if (child.type() == pugi::node_element)
      fault(ErrorKind::malformed, child,
            fmt::format("<{}> is not known here; use brand, header, page, footer or text", name));
  }
  if (form_.kind == DocumentKind::patient && form_.contacts.emergency.empty())
    fault(ErrorKind::missing, node,
          "no emergency number; add <contacts emergency=\"911\" same-day=\"…\"/>");
  check_pages(node);
  check_texts(node);
}

void Reader::read_section(const pugi::xml_node& node, std::vector<SectionForm>& page) {
  SectionForm section;
  if (!node.attribute("id")) {
    if (form_.kind == DocumentKind::patient)
      return fault(ErrorKind::unsupported, node,
                   "a patient's page has no sections of its own; write <section id=\"…\"/>");
    faults_.check_attributes(node, {});
    section.id = SectionId::own;
    section.own = read_own_section(node, faults_);
    section.own.name = fmt::format("own-{}", ++own_sections_);
    page.push_back(std::move(section));
    return;
  }
  faults_.check_attributes(node, {"id", "limit"});
  if (node.first_child())
    fault(
        ErrorKind::malformed, node,
        "a section with an id is legwork's and holds nothing; leave the id out to write your own");
  const std::string_view name = node.attribute("id").value();
  const auto known_sections = section_kinds(form_.kind);
  const auto known = std::find_if(known_sections.begin(), known_sections.end(),
                                  [&](const SectionKind& kind) { return kind.name == name; });
  if (known == known_sections.end()) {
    std::vector<std::string_view> names;
    for (const auto& kind : known_sections) names.push_back(kind.name);
    return fault(
        ErrorKind::malformed, node,
        fmt::format("section '{}' is not known; use one of {}", name, fmt::join(names, ", ")));
  }
  section.id = known->id;
  for (const auto& other : form_.pages)
    for (const auto& placed : other)
      if (placed.id == section.id)
        return fault(ErrorKind::malformed, node,
                     fmt::format("section '{}' stands twice; remove one", name));
  section.limit = faults_.limit(node);
  page.push_back(std::move(section));
}

void Reader::read_page(const pugi::xml_node& node) {
  faults_.check_attributes(node, {});
  if (form_.pages.size() == most_pages_)
    return fault(ErrorKind::malformed, node,
                 fmt::format("a <page> too many; this kind of document has at most {}, "
                             "merge its sections into them",
                             most_pages_));
  form_.pages.emplace_back();
  for (const auto& child : node.children()) {
    if (child.name() == std::string_view("section"))
      read_section(child, form_.pages.back());
    else if (child.type() == pugi::node_element)
      fault(ErrorKind::malformed, child,
            fmt::format("<{}> does not belong into a page; use section", child.name()));
  }
}

void Reader::read_frame(const pugi::xml_node& node, std::vector<std::string>& lines) {
  faults_.check_attributes(node, {});
  for (const auto& child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    const std::string text = child.text().get();
    if (child.name() != std::string_view("text") || child.attribute("key"))
      fault(ErrorKind::malformed, child,
            fmt::format("<{}> holds only <text>…</text>", node.name()));
    else if (text.empty())
      fault(ErrorKind::missing, child, "<text> is empty; write its words, or remove it");
    else if (lines.size() == longest_frame)
      fault(ErrorKind::malformed, child,
            fmt::format("<{}> has more than {} lines; merge them", node.name(), longest_frame));
    else
      lines.push_back(text);
    faults_.check_braces(child, text, "<text>", document_fields);
  }
}

void Reader::read_text(const pugi::xml_node& node) {
  faults_.check_attributes(node, {"key", "one"});
  const std::string key = node.attribute("key").value();
  const auto known = std::find_if(keys_.begin(), keys_.end(),
                                  [&](const WordingKey& entry) { return entry.key == key; });
  if (known == keys_.end())
    return fault(ErrorKind::malformed, node,
                 fmt::format("text key '{}' is not known; correct the spelling or remove it", key));
  if (form_.wording.has(key))
    return fault(ErrorKind::malformed, node,
                 fmt::format("text '{}' stands twice; remove one", key));
  const std::string text = node.text().get(), one = node.attribute("one").value();
  const auto what = fmt::format("text '{}'", key);
  for (const auto& words : {text, one})
    faults_.check_braces(node, words, what, known->placeholders);
  if (text.empty() && !key.ends_with(".note") && key != "status.watermark")
    fault(ErrorKind::missing, node, fmt::format("text '{}' is empty; write its words", key));
  if (key == "months" && std::count(text.begin(), text.end(), ' ') != 11)
    fault(ErrorKind::malformed, node,
          "months are not twelve words; write the twelve names with one space between");
  form_.wording.add(key, {text, one});
}

void Reader::read_contacts(const pugi::xml_node& node) {
  faults_.check_attributes(node, {"emergency", "same-day"});
  form_.contacts = {node.attribute("emergency").value(), node.attribute("same-day").value()};
}

/// The red flags may not hide: not on the second page, not below the causes.
void Reader::check_pages(const pugi::xml_node& node) {
  const auto has = [](const std::vector<SectionForm>& page, SectionId id) {
    return std::any_of(page.begin(), page.end(),
                       [&](const SectionForm& section) { return section.id == id; });
  };
  for (const auto& kind : section_kinds(form_.kind))
    if (kind.needed && std::none_of(form_.pages.begin(), form_.pages.end(),
                                    [&](const auto& page) { return has(page, kind.id); }))
      fault(ErrorKind::missing, node,
            fmt::format("section '{0}' is left out, and no document may be without it; "
                        "add <section id=\"{0}\"/>",
                        kind.name));
  if (form_.pages.empty()) return;
  const auto& first = form_.pages[0];
  const auto place_of = [&](SectionId id) {
    return std::find_if(first.begin(), first.end(),
                        [&](const SectionForm& section) { return section.id == id; });
  };
  if (place_of(SectionId::patient) != first.begin())
    fault(ErrorKind::malformed, node,
          "section 'patient' does not come first; move it to the top of the first page");
  const auto flags = place_of(SectionId::red_flags);
  if (flags == first.end() ? has(form_.pages.back(), SectionId::red_flags)
                           : place_of(SectionId::causes) < flags)
    fault(ErrorKind::malformed, node,
          "section 'red-flags' stands below the causes or on the second page; "
          "move it above them on the first");
}

void Reader::check_texts(const pugi::xml_node& node) {
  for (const auto& [key, placeholders] : keys_)
    if (!form_.wording.has(key))
      fault(ErrorKind::missing, node,
            fmt::format("text '{}' is absent; add <text key=\"{}\">…</text>", key, key));
}
}  // namespace

std::span<const KindOfDocument> document_kinds() { return kinds; }

std::string_view kind_name(DocumentKind kind) {
  return std::find_if(kinds.begin(), kinds.end(),
                      [&](const KindOfDocument& known) { return known.kind == kind; })
      ->name;
}

std::span<const SectionKind> section_kinds(DocumentKind kind) {
  if (kind == DocumentKind::patient) return patient_sections;
  return clinician_sections;
}

tl::expected<Template, std::vector<Error>> read_template(std::string_view xml, std::string name) {
  return Reader(xml, std::move(name)).read();
}
}  // namespace legwork::report
