#pragma once

#include "base/result.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace legwork {
/// An element of a file that people write by hand: it knows where it stands, for the error that
/// names it. Lives as long as its XmlFile.
class Element {
 public:
  std::string_view name() const;
  std::optional<std::string_view> attribute(std::string_view name) const;
  std::vector<std::string_view> attribute_names() const;
  std::string_view text() const;  ///< of the element itself, without white space at its ends
  std::vector<Element> children() const;
  std::optional<Element> child(std::string_view name) const;
  std::string where() const;  ///< "causes.xml:17"

 private:
  friend class XmlFile;
  struct File;
  Element(const void* node, const File* file) : node_(node), file_(file) {}
  const void* node_;
  const File* file_;
};

/// A parsed XML file of ours: packs, templates. (FHIR XML is read in `fhir`.)
class XmlFile {
 public:
  /// Errors: malformed  not well-formed, or a DOCTYPE: `where` is "name:line"
  static Result<XmlFile> parse(std::string name, std::string_view text);
  XmlFile(XmlFile&&) noexcept;
  XmlFile& operator=(XmlFile&&) noexcept;
  ~XmlFile();

  Element root() const;

 private:
  explicit XmlFile(std::unique_ptr<Element::File> file);
  std::unique_ptr<Element::File> file_;
};

/// The parts of a text between white space.
std::vector<std::string_view> words(std::string_view text);
}  // namespace legwork
