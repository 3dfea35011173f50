#pragma once

#include "report/image.hpp"
#include "report/pdf_objects.hpp"

#include <memory>
#include <string>
#include <vector>

namespace legwork::report {
/// The images that a document shows, each stored once however often it is drawn.
class DocumentImages {
 public:
  /// The resource name of an image: "I1" for the first.
  std::string resource(const std::shared_ptr<const Image>& image);

  /// Adds what was asked for, and returns the entries of the resource dictionary that name it.
  std::string add_to(PdfObjects& objects) const;

 private:
  std::vector<std::shared_ptr<const Image>> images_;  // in the order of their first use
};
}  // namespace legwork::report
