#pragma once

#include "report/page.hpp"
#include "report/pdf_objects.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace legwork::report {
/// The fields that can be filled in (PDF 32000-1, 12.7): boxes to tick. Their appearances are the
/// file's own, as PDF/A wants it, so that a tick looks alike in every reader and in print.
class Form {
 public:
  explicit Form(PdfObjects& objects) : objects_(objects) {}

  /// Adds a box as a field and its widget in one; returns its number. `key` is that of the parent
  /// tree.
  int add(const PlacedField& field, Length page_height, std::size_t key);

  /// Where a click ticks the box: somewhat around it, and with its pen's width.
  static Box area(const PlacedField& field);

  const std::vector<int>& fields() const { return fields_; }

 private:
  struct Appearance {
    PlacedBox box;
    std::string states;
  };
  const std::string& states(const PlacedBox& box);
  std::string unique_name(const std::string& wanted);

  PdfObjects& objects_;
  std::vector<int> fields_;
  std::set<std::string> names_;
  std::vector<Appearance> appearances_;  // boxes mostly look alike
};
}  // namespace legwork::report
