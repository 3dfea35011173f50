#pragma once

#include "base/result.hpp"

#include <pugixml.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace legwork::report {
/// What is wrong with a template, with the line of each fault.
class Faults {
 public:
  Faults(std::string_view xml, std::string name) : xml_(xml), name_(std::move(name)) {}

  void add(ErrorKind kind, const pugi::xml_node& node, std::string what);
  void add(ErrorKind kind, std::ptrdiff_t offset, std::string what);

  /// Notes each attribute that the element does not have.
  void check_attributes(const pugi::xml_node& node, std::initializer_list<std::string_view> known);

  /// Notes braces that do not close, and names in them that are not among `fields` (separated by
  /// spaces). `what` names the text in the message: "text 'subject'".
  void check_braces(const pugi::xml_node& node, std::string_view text, std::string_view what,
                    std::string_view fields);

  /// Reads how many entries are shown at most: `limit`, which may be absent.
  std::size_t limit(const pugi::xml_node& node);

  bool none() const { return faults_.empty(); }
  std::vector<Error> take() { return std::move(faults_); }

 private:
  std::string_view xml_;
  std::string name_;
  std::vector<Error> faults_;
};

/// Whether one of the words of a list that spaces separate is this one.
bool has_word(std::string_view list, std::string_view word);
}  // namespace legwork::report
