#pragma once

#include "report/page.hpp"

#include <optional>
#include <vector>

namespace legwork::report {
/// Where the content of an element stands: on the first page that has any of it.
struct NodePlace {
  std::size_t page;
  Box box;
};

/// The place of every element of the structure with its descendants; nothing for an empty one.
std::vector<std::optional<NodePlace>> node_places(const Pages& pages);
}  // namespace legwork::report
