#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace legwork::report {
/// The objects of a file, apart from its pages, before they are written: plain values, so that what
/// refers to what can be decided before any library sees them.
///
/// Numbers are given in the order of libharu: a stream takes two, its own and that of its length.
class PdfObjects {
 public:
  struct Object {
    int number;
    std::string dictionary;             ///< what stands between << and >>
    std::optional<std::string> stream;  ///< as it is stored
  };

  explicit PdfObjects(int first_number) : next_(first_number) {}

  /// A dictionary to be filled in later: objects may refer to each other in circles.
  int reserve();
  void fill(int number, std::string dictionary);

  int add(std::string dictionary);
  int add_stream(std::string dictionary, std::string bytes);

  const std::vector<Object>& all() const { return objects_; }  ///< by number

 private:
  std::vector<Object> objects_;
  int next_;
};
}  // namespace legwork::report
