#include "report/pdf_images.hpp"

#include "report/pdf_syntax.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
std::string resource_name(std::size_t index) { return "I" + std::to_string(index + 1); }

int add_image(const Image& image, PdfObjects& objects) {
  std::string out = "/Type /XObject /Subtype /Image /BitsPerComponent 8 /Width ";
  append_integer(out, image.width);
  out += " /Height ";
  append_integer(out, image.height);
  out +=
      image.colors == Image::Colors::gray ? " /ColorSpace /DeviceGray" : " /ColorSpace /DeviceRGB";
  out += image.packing == Image::Packing::dct ? " /Filter /DCTDecode" : " /Filter /FlateDecode";
  return objects.add_stream(std::move(out), image.bytes);
}
}  // namespace

std::string DocumentImages::resource(const std::shared_ptr<const Image>& image) {
  auto found = std::find(images_.begin(), images_.end(), image);
  if (found == images_.end()) found = images_.insert(found, image);
  return resource_name(static_cast<std::size_t>(found - images_.begin()));
}

std::string DocumentImages::add_to(PdfObjects& objects) const {
  std::string entries;
  for (std::size_t i = 0; i < images_.size(); ++i)
    entries += "/" + resource_name(i) + " " + reference(add_image(*images_[i], objects)) + " ";
  return entries;
}
}  // namespace legwork::report
