#pragma once

#include "report/document_sections.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::report {
using Fields = std::map<std::string_view, std::string>;

/// An entry of a collection, as templates see it.
struct Entry {
  std::string_view id;
  std::vector<std::string_view> statuses;
  Fields fields;
  const causes::LabSeries* lab = nullptr;  ///< of a result
};

/// What templates can repeat over, with the fields that collection_kinds() promises.
std::vector<Entry> entries_of(const Material& material, Collection collection);
}  // namespace legwork::report
