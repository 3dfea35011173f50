#include "app/tell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace legwork::app {
void tell(std::string_view where, std::string_view what) {
  fmt::print(stderr, "legwork: {}: {}\n", printable(where), printable(what));
}

Exit tell(const Error& error) {
  tell(error.where, error.what);
  return Exit::nothing;
}

Exit tell(const std::vector<Error>& errors) {
  for (const auto& error : errors) tell(error);
  return Exit::nothing;
}

void tell_rejected(std::span<const fhir::Note> notes) {
  constexpr std::size_t listed = 20;  // a flood of lines hides the first, which tells most
  for (const auto& note : notes.first(std::min(listed, notes.size())))
    tell(note.reference, note.text);
  if (notes.size() > listed)
    tell("…", fmt::format("and {} more, all listed by `legwork assess --format json`",
                          notes.size() - listed));
}
}  // namespace legwork::app
