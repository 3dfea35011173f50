#include "press/fonts.hpp"

#include "press/mapped_file.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace legwork::press {
namespace {
/// In the order of report::Weight.
constexpr std::string_view family[report::weight_count] = {
    "Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf",
    "Inter-Bold.otf",    "Inter-Italic.otf", "InterDisplay-Bold.otf"};
constexpr std::string_view family_folder = "/usr/share/fonts/opentype/inter/";

/// Asked in this order for what the family lacks: every script that people write their names in
/// today, as far as Debian has a font for it.
constexpr std::string_view scripts[] = {"Sans",
                                        "SansArabic",
                                        "SansHebrew",
                                        "SansDevanagari",
                                        "SansBengali",
                                        "SansTamil",
                                        "SansTelugu",
                                        "SansGujarati",
                                        "SansGurmukhi",
                                        "SansKannada",
                                        "SansMalayalam",
                                        "SansSinhala",
                                        "SansThai",
                                        "SansLao",
                                        "SansKhmer",
                                        "SansMyanmar",
                                        "SansArmenian",
                                        "SansGeorgian",
                                        "SansEthiopic",
                                        "SansOriya",
                                        "SansSyriac",
                                        "SansThaana",
                                        "SansNKo",
                                        "SerifTibetan",
                                        "SansMongolian",
                                        "SansCherokee",
                                        "SansCanadianAboriginal",
                                        "SansTifinagh",
                                        "SansAdlam",
                                        "SansVai",
                                        "SansYi",
                                        "SansLisu",
                                        "SansOlChiki",
                                        "SansMeeteiMayek",
                                        "SansChakma",
                                        "SansHanifiRohingya",
                                        "SansJavanese",
                                        "SansBalinese",
                                        "SansSundanese",
                                        "SansTaiTham",
                                        "SansTaiLe",
                                        "SansNewTaiLue",
                                        "SansTaiViet",
                                        "SansCham",
                                        "SansOsage",
                                        "SansLimbu",
                                        "SansLepcha",
                                        "SansSylotiNagri",
                                        "SansMath",
                                        "SansSymbols",
                                        "SansSymbols2"};
constexpr std::string_view scripts_folder = "/usr/share/fonts/truetype/noto/Noto";

/// One file holds a face for each place that draws the Han characters its own way.
constexpr const char* han = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
struct HanFace {
  unsigned index;
  report::Han forms;
};
constexpr HanFace han_faces[] = {{2, report::Han::simplified},
                                 {3, report::Han::traditional},
                                 {4, report::Han::hong_kong},
                                 {0, report::Han::japanese},
                                 {1, report::Han::korean}};

constexpr std::string_view patterns_folder = "/usr/share/hyphen/hyph_";

constexpr const char* emoji = "/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf";

report::FontFile font_of(MappedFile file, const std::string& path) {
  report::FontFile font(std::move(file.owner), file.bytes);
  font.name = path;
  return font;
}

void add_fallback(std::vector<report::FontFile>& fonts, const std::string& path) {
  if (auto file = map_file(path)) fonts.push_back(font_of(std::move(*file), path));
}

/// Where Debian's packages put the patterns of a language, most special first: "es-MX" has some of
/// its own, or those of Spanish.
std::vector<std::string> patterns_of(std::string language) {
  std::ranges::replace(language, '-', '_');
  const std::string alone = language.substr(0, language.find('_'));
  std::string country = alone;  // of which the language has its name: es_ES
  std::ranges::transform(country, country.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  return {language, alone, alone + "_" + country, alone + "_US"};
}
}  // namespace

Result<std::shared_ptr<const report::Fonts>> load_fonts() {
  report::FontFiles files;
  for (const auto name : family) {
    const auto path = std::string(family_folder).append(name);
    auto file = map_file(path);
    if (!file) {
      return refuse(file.error().kind, path,
                    "this font cannot be read; install the Debian package fonts-inter");
    }
    files.family.push_back(font_of(std::move(*file), path));
  }
  for (const auto name : scripts) {
    add_fallback(files.fallback, std::string(scripts_folder).append(name) + "-Regular.ttf");
  }
  if (const auto file = map_file(han)) {
    for (const auto& [index, forms] : han_faces) {
      files.fallback.emplace_back(file->owner, file->bytes, index, forms).name = han;
    }
  }
  add_fallback(files.fallback, emoji);
  return report::load_fonts(files);
}

std::shared_ptr<const report::Hyphenation> load_hyphenation(const std::string& language) {
  for (const auto& name : patterns_of(language)) {
    auto file = map_file(std::string(patterns_folder) + name + ".dic");
    if (!file) continue;
    return std::make_shared<const report::Hyphenation>(std::move(file->owner), file->bytes,
                                                       language);
  }
  return nullptr;
}
}  // namespace legwork::press
