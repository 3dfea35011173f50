#pragma once

#include "report/node_places.hpp"
#include "report/page.hpp"
#include "report/pdf_objects.hpp"

#include <optional>
#include <string>
#include <vector>

namespace legwork::report {
/// The places of a document's elements, as links and bookmarks lead to them.
class Destinations {
 public:
  /// `page_numbers` are the objects of the pages.
  Destinations(const Pages& pages, std::vector<int> page_numbers)
      : pages_(pages), page_numbers_(std::move(page_numbers)), places_(node_places(pages)) {}

  const std::optional<NodePlace>& place(Node node) const {
    return places_[static_cast<std::size_t>(node)];
  }
  /// "[7 0 R /XYZ 40 700 null]": nothing for an element that is not there, or has no content.
  std::optional<std::string> find(Node node) const;

 private:
  const Pages& pages_;
  std::vector<int> page_numbers_;
  std::vector<std::optional<NodePlace>> places_;
};

/// Adds a bookmark for each element that has one and a place (PDF 32000-1, 12.3.3); returns the
/// outline's number, or 0 where there is none.
int add_outline(const Pages& pages, const Destinations& destinations, PdfObjects& objects);
}  // namespace legwork::report
