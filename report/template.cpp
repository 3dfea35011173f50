#include "report/template.hpp"

#include "base/text.hpp"
#include "report/watermark.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <pugixml.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace legwork::report {
namespace {
constexpr double readable = 4.5;  // WCAG 2.1 AA for text

struct NamedSection {
  std::string_view name;
  SectionId id;
};
constexpr std::array sections = {
    NamedSection{"patient", SectionId::patient},
    NamedSection{"red-flags", SectionId::red_flags},
    NamedSection{"stands-out", SectionId::stands_out},
    NamedSection{"first-steps", SectionId::first_steps},
    NamedSection{"causes", SectionId::causes},
    NamedSection{"results", SectionId::results},
    NamedSection{"medications", SectionId::medications},
    NamedSection{"questions", SectionId::questions},
    NamedSection{"workup", SectionId::workup},
    NamedSection{"notes", SectionId::notes},
    NamedSection{"basis", SectionId::basis},
    NamedSection{"sign-off", SectionId::sign_off},
};

/// Reads one file; each step returns the first fault it meets.
class Reader {
 public:
  Reader(std::string_view xml, std::string name) : xml_(xml), name_(std::move(name)) {}

  Result<Template> read();

 private:
  using Fault = std::optional<Error>;

  Fault read_document(const pugi::xml_node& node);
  Fault read_brand(const pugi::xml_node& node);
  Fault read_color(const pugi::xml_node& node, const char* attribute, Color& color);
  Fault read_page(const pugi::xml_node& node);
  Fault read_text(const pugi::xml_node& node);
  Fault check_placeholders(const pugi::xml_node& node, const WordingKey& known);
  Fault check_pages(const pugi::xml_node& node) const;
  Fault check_texts(const pugi::xml_node& node) const;
  Fault check_attributes(const pugi::xml_node& node,
                         std::initializer_list<std::string_view> known) const;

  std::string place(std::ptrdiff_t offset) const;
  Error fault(ErrorKind kind, const pugi::xml_node& node, std::string what) const {
    return {kind, place(node.offset_debug()), std::move(what)};
  }

  std::string_view xml_;
  std::string name_;
  Template form_;
  std::size_t pages_ = 0;
};

std::string Reader::place(std::ptrdiff_t offset) const {
  const auto end = xml_.begin() + std::clamp<std::ptrdiff_t>(offset, 0, std::ssize(xml_));
  return fmt::format("{}:{}", name_, 1 + std::count(xml_.begin(), end, '\n'));
}

Result<Template> Reader::read() {
  pugi::xml_document xml;
  const auto parsed =
      xml.load_buffer(xml_.data(), xml_.size(), pugi::parse_default | pugi::parse_ws_pcdata_single,
                      pugi::encoding_utf8);
  if (!parsed)
    return refuse(
        ErrorKind::malformed, place(parsed.offset),
        fmt::format("not well-formed XML ({}); correct the markup here", parsed.description()));
  const auto root = xml.document_element();
  if (root.name() != std::string_view("document"))
    return tl::unexpected(fault(ErrorKind::malformed, root,
                                fmt::format("expected <document>, got <{}>", root.name())));
  if (auto error = read_document(root)) return tl::unexpected(std::move(*error));
  for (const auto& node : root.children()) {
    const std::string_view name = node.name();
    Fault error;
    if (name == "brand")
      error = read_brand(node);
    else if (name == "page")
      error = read_page(node);
    else if (name == "text")
      error = read_text(node);
    else if (node.type() == pugi::node_element)
      error = fault(ErrorKind::malformed, node,
                    fmt::format("<{}> is not known here; use brand, page or text", name));
    if (error) return tl::unexpected(std::move(*error));
  }
  for (const auto check : {&Reader::check_pages, &Reader::check_texts})
    if (auto error = (this->*check)(root)) return tl::unexpected(std::move(*error));
  return std::move(form_);
}

Reader::Fault Reader::check_attributes(const pugi::xml_node& node,
                                       std::initializer_list<std::string_view> known) const {
  for (const auto& attribute : node.attributes())
    if (std::find(known.begin(), known.end(), std::string_view(attribute.name())) == known.end())
      return fault(ErrorKind::malformed, node,
                   fmt::format("attribute '{}' of <{}> is not known; use {}", attribute.name(),
                               node.name(), fmt::join(known, ", ")));
  return {};
}

Reader::Fault Reader::read_document(const pugi::xml_node& node) {
  if (auto error = check_attributes(node, {"kind", "lang", "paper"})) return error;
  if (node.attribute("kind").value() != std::string_view("clinician"))
    return fault(ErrorKind::unsupported, node,
                 fmt::format("kind '{}' is not made by this version; write kind=\"clinician\"",
                             node.attribute("kind").value()));
  form_.language = node.attribute("lang").value();
  if (form_.language.empty())
    return fault(ErrorKind::missing, node,
                 "lang is absent; write the language of the texts: lang=\"en\"");
  const std::string_view paper = node.attribute("paper").value();
  if (paper != "A4" && paper != "Letter")
    return fault(ErrorKind::malformed, node,
                 fmt::format("paper '{}' is not known; write \"A4\" or \"Letter\"", paper));
  form_.paper = paper == "A4" ? Paper::a4 : Paper::letter;
  if (!node.child("brand"))
    return fault(ErrorKind::missing, node,
                 "<brand> is absent; name who sends the document: <brand name=\"…\" …/>");
  return {};
}

Reader::Fault Reader::read_color(const pugi::xml_node& node, const char* attribute, Color& color) {
  const std::string_view text = node.attribute(attribute).value();
  unsigned rgb = 0;
  const auto* first = text.data() + std::min<std::size_t>(1, text.size());
  const auto* last = text.data() + text.size();
  const auto read = std::from_chars(first, last, rgb, 16);
  if (text.size() != 7 || text[0] != '#' || read.ptr != last || read.ec != std::errc{})
    return fault(ErrorKind::malformed, node,
                 fmt::format("{} '{}' is not a color; write it as #RRGGBB", attribute, text));
  color = {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8 & 255),
           static_cast<std::uint8_t>(rgb & 255)};
  if (const auto ratio = contrast(color, watermark_color); ratio < readable)
    return fault(ErrorKind::malformed, node,
                 fmt::format("{} {} is too light to read over the watermark (contrast {:.1f}); "
                             "choose a darker color with at least {}",
                             attribute, text, ratio, readable));
  return {};
}

Reader::Fault Reader::read_brand(const pugi::xml_node& node) {
  if (auto error = check_attributes(node, {"name", "department", "address", "color", "signal"}))
    return error;
  auto& brand = form_.brand;
  brand.name = node.attribute("name").value();
  brand.department = node.attribute("department").value();
  brand.address = node.attribute("address").value();
  if (brand.name.empty())
    return fault(ErrorKind::missing, node, "the brand has no name; write name=\"…\"");
  if (auto error = read_color(node, "color", brand.color)) return error;
  return read_color(node, "signal", brand.signal);
}

Reader::Fault Reader::read_page(const pugi::xml_node& node) {
  if (pages_ == form_.pages.size())
    return fault(ErrorKind::malformed, node,
                 "a third <page>; the summary has two, merge its sections into them");
  auto& page = form_.pages[pages_++];
  for (const auto& child : node.children("section")) {
    if (auto error = check_attributes(child, {"id"})) return error;
    const std::string_view name = child.attribute("id").value();
    const auto known =
        std::find_if(sections.begin(), sections.end(),
                     [&](const NamedSection& section) { return section.name == name; });
    if (known == sections.end()) {
      std::vector<std::string_view> names;
      for (const auto& section : sections) names.push_back(section.name);
      return fault(
          ErrorKind::malformed, child,
          fmt::format("section '{}' is not known; use one of {}", name, fmt::join(names, ", ")));
    }
    for (const auto& other : form_.pages)
      if (std::find(other.begin(), other.end(), known->id) != other.end())
        return fault(ErrorKind::malformed, child,
                     fmt::format("section '{}' stands twice; remove one", name));
    page.push_back(known->id);
  }
  return {};
}

Reader::Fault Reader::check_placeholders(const pugi::xml_node& node, const WordingKey& known) {
  Fault error;
  const auto check = [&](std::string_view text) {
    for_each_placeholder(text, [&](std::string_view name) {
      const auto spaced = fmt::format(" {} ", known.placeholders);
      if (spaced.find(fmt::format(" {} ", name)) == spaced.npos)
        error = fault(ErrorKind::malformed, node,
                      known.placeholders.empty()
                          ? fmt::format("text '{}' has no placeholder '{{{}}}'; remove the braces",
                                        known.key, name)
                          : fmt::format("text '{}' has no placeholder '{{{}}}'; it knows: {}",
                                        known.key, name, known.placeholders));
    });
    if (std::count(text.begin(), text.end(), '{') != std::count(text.begin(), text.end(), '}'))
      error =
          fault(ErrorKind::malformed, node,
                fmt::format("text '{}' opens a brace that it does not close; close it", known.key));
  };
  check(node.text().get());
  check(node.attribute("one").value());
  return error;
}

Reader::Fault Reader::read_text(const pugi::xml_node& node) {
  if (auto error = check_attributes(node, {"key", "one"})) return error;
  const std::string key = node.attribute("key").value();
  const auto keys = wording_keys();
  const auto known = std::find_if(keys.begin(), keys.end(),
                                  [&](const WordingKey& entry) { return entry.key == key; });
  if (known == keys.end())
    return fault(ErrorKind::malformed, node,
                 fmt::format("text key '{}' is not known; correct the spelling or remove it", key));
  if (form_.wording.has(key))
    return fault(ErrorKind::malformed, node,
                 fmt::format("text '{}' stands twice; remove one", key));
  if (auto error = check_placeholders(node, *known)) return error;
  const std::string text = node.text().get();
  if (text.empty() && !key.ends_with(".note") && key != "status.watermark")
    return fault(ErrorKind::missing, node, fmt::format("text '{}' is empty; write its words", key));
  if (key == "months" && std::count(text.begin(), text.end(), ' ') != 11)
    return fault(ErrorKind::malformed, node,
                 "months are not twelve words; write the twelve names with one space between");
  form_.wording.add(key, {text, node.attribute("one").value()});
  return {};
}

/// The red flags may not hide: not on the second page, not below the causes.
Reader::Fault Reader::check_pages(const pugi::xml_node& node) const {
  struct Needed {
    SectionId id;
    std::string_view what;
  };
  for (const auto& [id, what] :
       {Needed{SectionId::patient, "patient"}, Needed{SectionId::red_flags, "red-flags"},
        Needed{SectionId::basis, "basis"}})
    if (std::none_of(form_.pages.begin(), form_.pages.end(), [id = id](const auto& page) {
          return std::find(page.begin(), page.end(), id) != page.end();
        }))
      return fault(ErrorKind::missing, node,
                   fmt::format("section '{0}' is left out, and no document may be without it; "
                               "add <section id=\"{0}\"/>",
                               what));
  const auto& first = form_.pages[0];
  const auto place_of = [&](SectionId id) { return std::find(first.begin(), first.end(), id); };
  if (place_of(SectionId::patient) != first.begin())
    return fault(ErrorKind::malformed, node,
                 "section 'patient' does not come first; move it to the top of the first page");
  if (place_of(SectionId::red_flags) == first.end() ||
      place_of(SectionId::causes) < place_of(SectionId::red_flags))
    return fault(ErrorKind::malformed, node,
                 "section 'red-flags' stands below the causes or on the second page; "
                 "move it above them on the first");
  return {};
}

Reader::Fault Reader::check_texts(const pugi::xml_node& node) const {
  for (const auto& [key, placeholders] : wording_keys())
    if (!form_.wording.has(key))
      return fault(ErrorKind::missing, node,
                   fmt::format("text '{}' is absent; add <text key=\"{}\">…</text>", key, key));
  return {};
}
}  // namespace

Result<Template> read_template(std::string_view xml, std::string name) {
  return Reader(xml, std::move(name)).read();
}

double contrast(Color a, Color b) {
  const auto luminance = [](Color color) {
    const auto linear = [](std::uint8_t channel) {
      const double value = channel / 255.0;
      return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
  };
  const auto lighter = std::max(luminance(a), luminance(b));
  const auto darker = std::min(luminance(a), luminance(b));
  return (lighter + 0.05) / (darker + 0.05);
}
}  // namespace legwork::report
