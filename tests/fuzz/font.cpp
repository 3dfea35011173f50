// A damaged font: the input says where. Its first byte chooses a font of Debian's and the next two
// how much of it is left; then every four bytes flip bits of one byte, three saying where. So the
// fuzzer damages tables instead of inventing them, and no font has to be saved with the inputs.
#include "report/pdf.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <span>
#include <string>

using namespace legwork;
using namespace legwork::report;

namespace {
std::string read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) std::abort();
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string damaged(std::string font, std::span<const std::uint8_t> damage) {
  if (damage.size() < 2) return font;
  const std::size_t kept = damage[0] * 256U + damage[1];
  if (kept != 0) font.resize(font.size() * kept / 0x10000);
  for (damage = damage.subspan(2); damage.size() >= 4; damage = damage.subspan(4)) {
    const std::size_t at = (damage[0] * 256U + damage[1]) * 256U + damage[2];
    if (at < font.size()) font[at] = static_cast<char>(font[at] ^ damage[3]);
  }
  return font;
}

/// One page of text in a weight that is damaged and in a script that only a fallback has.
Pages page_of(Typesetter& typesetter) {
  Pages pages;
  pages.structure.push_back({"P", artifact, {}, {}, {}, {}});
  Page page{Length::pt(200), Length::pt(200), {}};
  const Span span{"Ferritin 18 ug/L fi Å ثقل क्षति 12-Mar-2024", {}};
  Length y;
  for (auto& line : typesetter.paragraph({&span, 1}, Length::pt(80))) {
    page.items.push_back(PlacedText{std::move(line), {Length::pt(10), y += Length::pt(12)}, 0, {}});
  }
  pages.pages.push_back(std::move(page));
  return pages;
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string inter = read("/usr/share/fonts/opentype/inter/Inter-Regular.otf");
  static const std::array<std::string, 2> noto = {
      read("/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf"),
      read("/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf")};
  if (size == 0) return 0;
  const std::span<const std::uint8_t> damage(data + 1, size - 1);

  FontFiles files;
  files.family.assign(weight_count, inter);
  files.fallback.assign(noto.begin(), noto.end());
  FontFile& victim = data[0] % 3 == 0 ? files.family[0] : files.fallback[data[0] % 3 - 1];
  victim = damaged(std::string(victim.bytes), damage);

  const auto fonts = load_fonts(std::move(files));
  if (!fonts) return 0;
  Typesetter typesetter(*fonts);
  const Pages pages = page_of(typesetter);
  PdfWriter writer(*fonts);
  const auto pdf = writer.write(pages, {"", "2026-11-22T00:00:00Z", "id"});
  if (!pdf && pdf.error().kind != ErrorKind::malformed) std::abort();
  return 0;
}
