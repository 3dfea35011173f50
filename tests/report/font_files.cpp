#include "tests/report/font_files.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

namespace legwork::report {
namespace {
std::string read(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  INFO(path);
  REQUIRE(stream);
  return {std::istreambuf_iterator<char>(stream), {}};
}
}  // namespace

FontFiles font_files() {
  FontFiles files;
  for (const char* name : {"Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold",
                           "Inter-Italic", "InterDisplay-Bold"}) {
    files.family.push_back(read(std::string("/usr/share/fonts/opentype/inter/") + name + ".otf"));
  }
  for (const char* script : {"", "Arabic", "Hebrew", "Devanagari", "Thai", "Math"}) {
    files.fallback.push_back(
        read(std::string("/usr/share/fonts/truetype/noto/NotoSans") + script + "-Regular.ttf"));
  }
  return files;
}

std::shared_ptr<const Fonts> fonts_for_every_script() {
  static const auto fonts = [] {
    auto loaded = load_fonts(font_files());
    REQUIRE(loaded);
    return *loaded;
  }();
  return fonts;
}
}  // namespace legwork::report
