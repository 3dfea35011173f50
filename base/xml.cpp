#include "base/xml.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>

namespace legwork {
struct Element::File {
  std::string name;
  std::string text;
  pugi::xml_document document;

  std::string place(std::ptrdiff_t offset) const {
    const auto end = text.begin() + std::clamp<std::ptrdiff_t>(offset, 0, std::ssize(text));
    return fmt::format("{}:{}", name, 1 + std::count(text.begin(), end, '\n'));
  }
};

namespace {
pugi::xml_node node_of(const void* node) {
  return pugi::xml_node(static_cast<pugi::xml_node_struct*>(const_cast<void*>(node)));
}
}  // namespace

std::string_view Element::name() const { return node_of(node_).name(); }

std::optional<std::string_view> Element::attribute(std::string_view name) const {
  for (const auto& found : node_of(node_).attributes()) {
    if (found.name() == name) return trim(found.value());
  }
  return {};
}

std::vector<std::string_view> Element::attribute_names() const {
  std::vector<std::string_view> names;
  for (const auto& found : node_of(node_).attributes()) names.emplace_back(found.name());
  return names;
}

std::string_view Element::text() const { return trim(node_of(node_).child_value()); }

std::vector<Element> Element::children() const {
  std::vector<Element> found;
  for (const auto& child : node_of(node_).children()) {
    if (child.type() == pugi::node_element)
      found.push_back(Element(child.internal_object(), file_));
  }
  return found;
}

std::optional<Element> Element::child(std::string_view name) const {
  for (const Element& child : children()) {
    if (child.name() == name) return child;
  }
  return {};
}

std::string Element::where() const { return file_->place(node_of(node_).offset_debug()); }

XmlFile::XmlFile(std::unique_ptr<Element::File> file) : file_(std::move(file)) {}
XmlFile::XmlFile(XmlFile&&) noexcept = default;
XmlFile& XmlFile::operator=(XmlFile&&) noexcept = default;
XmlFile::~XmlFile() = default;

Result<XmlFile> XmlFile::parse(std::string name, std::string_view text) {
  auto file = std::make_unique<Element::File>();
  file->name = std::move(name);
  file->text = text;
  const auto parsed =
      file->document.load_buffer(file->text.data(), file->text.size(),
                                 pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!parsed) {
    return refuse(ErrorKind::malformed, file->place(parsed.offset),
                  fmt::format("XML is not well-formed: {}", parsed.description()));
  }
  for (const auto& node : file->document.children()) {
    if (node.type() != pugi::node_doctype) continue;
    return refuse(ErrorKind::malformed, file->place(node.offset_debug()),
                  "a DOCTYPE is not allowed; delete it");
  }
  return XmlFile(std::move(file));
}

Element XmlFile::root() const {
  return Element(file_->document.document_element().internal_object(), file_.get());
}

std::vector<std::string_view> words(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  std::vector<std::string_view> found;
  for (auto from = text.find_first_not_of(space); from != text.npos;) {
    const auto to = std::min(text.find_first_of(space, from), text.size());
    found.push_back(text.substr(from, to - from));
    from = text.find_first_not_of(space, to);
  }
  return found;
}
}  // namespace legwork
