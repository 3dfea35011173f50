#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct UBreakIterator;

namespace legwork::report {
/// Where a language lets a line end (UAX 14, as ICU knows it), less the places that tear apart
/// what a clinician reads as one: 2024-03-12, 12-Mar-2024, 3–5, mg/dL, 120/80.
class LineBreaker {
 public:
  explicit LineBreaker(const std::string& language);

  /// The bytes before which a line may begin, in order, and the end of the text.
  std::vector<std::uint32_t> opportunities(std::string_view text);

 private:
  struct Deleter {
    void operator()(UBreakIterator* iterator) const;
  };
  std::unique_ptr<UBreakIterator, Deleter> iterator_;  // costly to open: opened once
};
}  // namespace legwork::report
