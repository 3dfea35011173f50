#include "tests/report/font_files.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

namespace legwork::report {
std::string file_bytes(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  INFO(path);
  REQUIRE(stream);
  return {std::istreambuf_iterator<char>(stream), {}};
}

FontFiles font_files() {
  FontFiles files;
  for (const char* name : {"Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold",
                           "Inter-Italic", "InterDisplay-Bold"}) {
    files.family.push_back(
        file_bytes(std::string("/usr/share/fonts/opentype/inter/") + name + ".otf"));
  }
  for (const char* script : {"", "Arabic", "Hebrew", "Devanagari", "Thai", "Math"}) {
    files.fallback.push_back(file_bytes(std::string("/usr/share/fonts/truetype/noto/NotoSans") +
                                        script + "-Regular.ttf"));
  }
  return files;
}

std::string_view table_of(const std::string& font, std::string_view tag) {
  const auto number = [&](std::size_t at, std::size_t bytes) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
      value = value << 8 | static_cast<unsigned char>(font.at(at + i));
    }
    return value;
  };
  const std::size_t tables = number(4, 2);
  for (std::size_t entry = 12; entry < 12 + 16 * tables; entry += 16) {
    if (font.compare(entry, 4, tag) == 0) {
      return std::string_view(font).substr(number(entry + 8, 4), number(entry + 12, 4));
    }
  }
  FAIL("no table " << tag);
  return {};
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
