#include "report/pdf_objects.hpp"

#include <algorithm>
#include <cassert>

namespace legwork::report {
int PdfObjects::reserve() { return add({}); }

void PdfObjects::fill(int number, std::string dictionary) {
  const auto found = std::lower_bound(objects_.begin(), objects_.end(), number,
                                      [](const Object& o, int n) { return o.number < n; });
  assert(found != objects_.end() && found->number == number);
  found->dictionary = std::move(dictionary);
}

int PdfObjects::add(std::string dictionary) {
  objects_.push_back({next_, std::move(dictionary), std::nullopt});
  return next_++;
}

int PdfObjects::add_stream(std::string dictionary, std::string bytes) {
  objects_.push_back({next_, std::move(dictionary), std::move(bytes)});
  next_ += 2;
  return objects_.back().number;
}
}  // namespace legwork::report
