#include "base/text.hpp"
#include "fhir/syntax.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <pugixml.hpp>
#include <string>

// <birthDate value="1964-03-09"/> is an element with a value, <name>…</name> one with others in it.
// Source: https://hl7.org/fhir/R4/xml.html

namespace legwork::fhir {
namespace {
enum class Walk { whole, too_deep };

/// Without a prefix for FHIR's namespace: "f:Patient" is "Patient".
std::string_view name_of(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);
}

pugi::xml_node first_element(const pugi::xml_node& node) {
  return node.find_child(
      [](const pugi::xml_node& child) { return child.type() == pugi::node_element; });
}

Walk add(const pugi::xml_node& node, ElementList& list, unsigned depth);

Walk add_children(const pugi::xml_node& node, ElementList& list, unsigned depth) {
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() != pugi::node_element || is_ignored(name_of(child))) continue;
    if (add(child, list, depth) == Walk::too_deep) return Walk::too_deep;
  }
  return Walk::whole;
}

Walk add(const pugi::xml_node& node, ElementList& list, unsigned depth) {
  if (depth > deepest_element) return Walk::too_deep;
  const std::string_view name = name_of(node);
  if (const auto value = node.attribute("value")) {
    list.add({name}, Form::untyped, value.value());
    return Walk::whole;
  }
  list.open({name});
  const pugi::xml_node resource = name == "contained" ? first_element(node) : pugi::xml_node();
  if (resource) list.add({"resourceType"}, Form::text, name_of(resource));
  const Walk walk = add_children(resource ? resource : node, list, depth + 1);
  list.close();
  return walk;
}

/// Walks over one XML text, from resource to resource.
class XmlText {
 public:
  explicit XmlText(Draft& draft) : draft_(draft) {}

  Walk read(const pugi::xml_node& resource, const Place& place, std::string_view full_url);

 private:
  Walk read_collection(const pugi::xml_node& collection, const Collection& kind,
                       const Place& place);
  Walk read_entry(const pugi::xml_node& entry, const Place& place);

  Draft& draft_;
  ElementList list_;
  unsigned depth_ = 0;  // of Bundles inside Bundles
};

Walk XmlText::read(const pugi::xml_node& resource, const Place& place, std::string_view full_url) {
  const std::string_view type = name_of(resource);
  if (const Collection* const kind = find_collection(type)) {
    return read_collection(resource, *kind, place);
  }
  const Rule* const rule = find_rule(type);
  if (!rule) {
    draft_.pass();
    return Walk::whole;
  }
  list_.clear();
  list_.open({rule->type});
  for (const pugi::xml_node& child : resource.children()) {
    const std::string_view name = name_of(child);
    if (is_ignored(name) || !wants(*rule, name)) continue;
    if (add(child, list_, 1) == Walk::too_deep) return Walk::too_deep;
  }
  list_.close();
  draft_.take(*rule, list_, place, full_url);
  return Walk::whole;
}

Walk XmlText::read_collection(const pugi::xml_node& collection, const Collection& kind,
                              const Place& place) {
  if (++depth_ > deepest_collection) return Walk::too_deep;
  ElementList pages;
  pages.open({kind.type});
  Place at{&place, Place::Step::item, kind.place, 0};
  for (const pugi::xml_node& child : collection.children()) {
    const std::string_view name = name_of(child);
    if (name == "link") {
      if (add(child, pages, 1) == Walk::too_deep) return Walk::too_deep;
    } else if (name == kind.list) {
      if (read_entry(child, at) == Walk::too_deep) return Walk::too_deep;
      ++at.index;
    }
  }
  pages.close();
  draft_.take_pages(pages, place);
  --depth_;
  return Walk::whole;
}

Walk XmlText::read_entry(const pugi::xml_node& entry, const Place& place) {
  std::string_view full_url;
  pugi::xml_node resource;
  for (const pugi::xml_node& child : entry.children()) {
    if (name_of(child) == "fullUrl") full_url = child.attribute("value").value();
    if (name_of(child) == "resource") resource = child;
  }
  if (const pugi::xml_node inside = first_element(resource)) return read(inside, place, full_url);
  if (resource) draft_.refuse(place, "the resource is empty");
  return Walk::whole;
}

bool is_fhir(const pugi::xml_node& root) {
  for (const pugi::xml_attribute& attribute : root.attributes()) {
    if (std::string_view(attribute.value()) == "http://hl7.org/fhir") return true;
  }
  const std::string_view type = name_of(root);
  return find_collection(type) || find_rule(type);
}

bool has_doctype(const pugi::xml_document& document) {
  return static_cast<bool>(document.find_child(
      [](const pugi::xml_node& child) { return child.type() == pugi::node_doctype; }));
}
}  // namespace

Result<void> read_xml(const Input& input, Draft& draft) {
  if (!simdjson::validate_utf8(input.text.data(), input.text.size())) {
    return tl::unexpected(not_utf8(input));
  }
  const auto malformed = [&](std::ptrdiff_t byte, std::string what) {
    return refuse(ErrorKind::malformed, fmt::format("{}: byte {}", input.name, byte),
                  std::move(what));
  };
  if (const auto nul = input.text.find('\0'); nul != input.text.npos) {
    return malformed(static_cast<std::ptrdiff_t>(nul), "a NUL character");
  }
  std::string buffer(input.text);  // pugixml's strings are views into it
  pugi::xml_document document;
  constexpr unsigned options =
      pugi::parse_escapes | pugi::parse_wconv_attribute | pugi::parse_eol | pugi::parse_doctype;
  const auto parsed =
      document.load_buffer_inplace(buffer.data(), buffer.size(), options, pugi::encoding_utf8);
  if (has_doctype(document)) return malformed(0, "a DOCTYPE, which FHIR does not have");
  if (!parsed) {
    return malformed(parsed.offset, fmt::format("not well-formed XML: {}", parsed.description()));
  }
  const pugi::xml_node root = document.document_element();
  if (!is_fhir(root)) {
    return refuse(ErrorKind::unsupported, input.name, "no FHIR resource in it");
  }
  const Place whole{nullptr, Place::Step::input, input.name};
  if (XmlText(draft).read(root, whole, {}) == Walk::too_deep) {
    return malformed(0, "nested deeper than FHIR ever is");
  }
  return {};
}
}  // namespace legwork::fhir
