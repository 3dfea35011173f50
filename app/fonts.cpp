#include "app/fonts.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>

namespace legwork::app {
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

constexpr const char* emoji = "/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf";

/// A file, mapped. It must not be cut short while the program runs; package managers put a new file
/// in an old one's place instead.
Result<report::FontFile> map_font(const std::string& path) {
  const auto refused = [&] {
    return refuse(errno == ENOENT ? ErrorKind::missing : ErrorKind::unavailable, path,
                  "this font cannot be read; install the Debian package fonts-inter");
  };
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return refused();
  struct stat status {};
  const bool readable = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  const auto size = readable ? static_cast<std::size_t>(status.st_size) : 0;
  void* bytes = size == 0 ? MAP_FAILED : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  ::close(file);
  if (size == 0) return refuse(ErrorKind::malformed, path, "the file is empty");
  if (bytes == MAP_FAILED) return refused();
  std::shared_ptr<const void> owner(bytes, [size](void* mapped) { ::munmap(mapped, size); });
  report::FontFile font(std::move(owner), {static_cast<const char*>(bytes), size});
  font.name = path;
  return font;
}

void add_fallback(std::vector<report::FontFile>& fonts, const std::string& path) {
  if (auto font = map_font(path)) fonts.push_back(std::move(*font));
}
}  // namespace

Result<std::shared_ptr<const report::Fonts>> load_fonts() {
  report::FontFiles files;
  for (const auto name : family) {
    auto font = map_font(std::string(family_folder).append(name));
    if (!font) return tl::unexpected(font.error());
    files.family.push_back(std::move(*font));
  }
  for (const auto name : scripts) {
    add_fallback(files.fallback, std::string(scripts_folder).append(name) + "-Regular.ttf");
  }
  if (const auto font = map_font(han)) {
    for (const auto& [index, forms] : han_faces) {
      files.fallback.emplace_back(font->owner, font->bytes, index, forms).name = font->name;
    }
  }
  add_fallback(files.fallback, emoji);
  return report::load_fonts(files);
}
}  // namespace legwork::app
