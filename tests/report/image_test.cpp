#include "report/image.hpp"

#include "tests/report/font_files.hpp"
#include "tests/report/programs.hpp"
#include "tests/report/sample_pages.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace legwork;
using namespace legwork::report;

namespace {
/// The pictures that the fuzzer begins with.
std::string file(const std::string& name) {
  std::ifstream stream(LEGWORK_SOURCE "/tests/fuzz/corpus/image/" + name, std::ios::binary);
  INFO(name);
  REQUIRE(stream);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Image image(const std::string& name) {
  auto read = read_image(file(name), name);
  if (!read) FAIL(read.error().where << ": " << read.error().what);
  return *read;
}

std::vector<int> samples(const Image& image) {
  uLongf size = 1 << 16;
  std::string out(size, '\0');
  REQUIRE(image.packing == Image::Packing::flate);
  REQUIRE(uncompress(reinterpret_cast<Bytef*>(out.data()), &size,
                     reinterpret_cast<const Bytef*>(image.bytes.data()),
                     image.bytes.size()) == Z_OK);
  std::vector<int> values;
  for (std::size_t i = 0; i < size; ++i) values.push_back(static_cast<unsigned char>(out[i]));
  return values;
}

// What rgb.png and its kin show, four pixels a row
const std::vector<int> picture = {
    255, 0,   0,   0,   255, 0,  0,  0,   255, 255, 255, 255,  //
    0,   0,   0,   255, 255, 0,  0,  255, 255, 255, 0,   255,  //
    128, 128, 128, 17,  34,  51, 85, 102, 119, 200, 150, 100,
};
}  // namespace

TEST_CASE("Every kind of PNG that shows the same picture is read alike", "[image]") {
  const std::string name = GENERATE("rgb.png", "sixteen-bit.png", "interlaced.png", "palette.png");
  CAPTURE(name);
  const auto read = image(name);
  CHECK(read.width == 4);
  CHECK(read.height == 3);
  CHECK(read.colors == Image::Colors::rgb);
  CHECK(samples(read) == picture);
}

TEST_CASE("What shines through shows white paper", "[image]") {
  const std::string name = GENERATE("rgba.png", "palette-alpha.png");
  CAPTURE(name);
  auto found = samples(image(name));
  auto expected = picture;
  expected[1] = expected[2] = 255;            // red, wholly transparent
  CHECK(found[12] == Approx(187).margin(2));  // black at half: half of the light, as sRGB has it
  for (std::size_t i = 12; i < 15; ++i) expected[i] = found[12];
  CHECK(found == expected);
}

TEST_CASE("A gray picture stays gray", "[image]") {
  CHECK(image("gray.png").colors == Image::Colors::gray);
  CHECK(samples(image("gray.png")) ==
        std::vector<int>{0, 60, 120, 180, 1, 61, 121, 181, 2, 62, 122, 182});
  CHECK(samples(image("gray-alpha.png")) ==
        std::vector<int>{255, 60, 120, 180, 255, 61, 121, 181, 255, 62, 122, 182});
  CHECK(samples(image("one-bit.png")) ==
        std::vector<int>{255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0});
  CHECK(image("gray.jpg").colors == Image::Colors::gray);
}

TEST_CASE("A JPEG goes into the report byte for byte", "[image]") {
  const std::string name = GENERATE("baseline.jpg", "progressive.jpg", "gray.jpg");
  CAPTURE(name);
  const auto read = image(name);
  CHECK(read.packing == Image::Packing::dct);
  CHECK(read.width == 16);
  CHECK(read.height == 16);
  CHECK(read.bytes == file(name));
}

TEST_CASE("A JPEG in RGB is unpacked: PDF readers would take it for YCbCr", "[image]") {
  const auto found = samples(image("rgb.jpg"));
  CHECK(found.size() == 16 * 16 * 3);
  CHECK(found[0] >= 250);
  CHECK(found[1] <= 5);
  CHECK(found[2] <= 5);
}

TEST_CASE("read_image says which file cannot be used, why, and what to do", "[image]") {
  struct Row {
    std::string name;
    ErrorKind kind;
    std::string what;
  };
  const auto row = GENERATE(values<Row>({
      {"cut-short.png", ErrorKind::malformed, "the PNG is damaged (*): export it anew"},
      {"bad-checksum.png", ErrorKind::malformed, "the PNG is damaged (*): export it anew"},
      {"no-image-data.png", ErrorKind::malformed, "the PNG is damaged (*): export it anew"},
      {"huge-header.png", ErrorKind::malformed, "the PNG is damaged (*): export it anew"},
      {"large-header.png", ErrorKind::unsupported,
       "the picture has 20000 × 20000 pixels; 8 million at most are read: scale it down"},
      {"cut-short.jpg", ErrorKind::malformed, "the JPEG is damaged (*): export it anew"},
      {"huge-header.jpg", ErrorKind::unsupported,
       "the picture has 65500 × 65500 pixels; 8 million at most are read: scale it down"},
      {"cmyk.jpg", ErrorKind::unsupported,
       "the JPEG has the inks of a press (CMYK): export it in RGB"},
      {"arithmetic.jpg", ErrorKind::unsupported,
       "the JPEG is coded in a way that not every reader knows: export it anew as baseline or "
       "progressive JPEG"},
  }));
  CAPTURE(row.name);
  const auto read = read_image(file(row.name), row.name);
  REQUIRE_FALSE(read);
  CHECK(read.error().where == row.name);
  CHECK(read.error().kind == row.kind);
  const auto detail = row.what.find('*');  // the library's own words
  CHECK(read.error().what.substr(0, detail) == row.what.substr(0, detail));
  if (detail != row.what.npos)
    CHECK_THAT(read.error().what, Catch::EndsWith(row.what.substr(detail + 1)));
}

TEST_CASE("read_image refuses what is no picture, and what is too heavy", "[image]") {
  const auto what = [](const std::string& bytes) {
    const auto read = read_image(bytes, "logo");
    return read ? "read" : read.error().where + ": " + read.error().what;
  };
  CHECK(what("") == "logo: the file is empty: give a PNG or a JPEG");
  CHECK(what("<svg xmlns='http://www.w3.org/2000/svg'/>") ==
        "logo: neither a PNG nor a JPEG: export the picture as PNG");
  CHECK(what(file("rgb.png") + std::string(5 << 20, ' ')) ==
        "logo: the picture's file has 5120 kB; 4096 at most are read, because every report carries "
        "it: scale it down");
}

TEST_CASE("A picture cut short anywhere is refused or whole, and never read half", "[image]") {
  for (const std::string name : {"rgb.png", "interlaced.png", "baseline.jpg", "progressive.jpg"}) {
    const auto whole = file(name);
    const auto expected = image(name);
    for (std::size_t size = 0; size < whole.size(); ++size) {
      CAPTURE(name, size);
      const auto read = read_image(std::string_view(whole).substr(0, size), name);
      if (read && read->packing == Image::Packing::flate) CHECK(read->bytes == expected.bytes);
      if (read && read->packing == Image::Packing::dct) CHECK(size + 2 >= whole.size());
    }
  }
}

namespace {
/// A page with a picture at the top left and two of another below it.
std::string pdf_with_pictures() {
  Pages pages;
  pages.title = "Letterhead";
  pages.language = "en";
  Page page{Length::pt(100), Length::pt(100), {}};
  const auto add = [&](const std::shared_ptr<const Image>& image, Box box, Node node) {
    page.items.push_back(PlacedImage{image, box, node});
  };
  const auto logo = std::make_shared<const Image>(image("rgb.png"));
  const auto photo = std::make_shared<const Image>(image("progressive.jpg"));
  pages.structure.push_back({"Figure", artifact, "The clinic's sign", {}, {}, {}});
  const auto pt = [](double value) { return Length::pt(value); };
  add(logo, {pt(10), pt(10), pt(40), pt(30)}, 0);
  add(photo, {pt(10), pt(50), pt(16), pt(16)}, artifact);
  add(photo, {pt(50), pt(50), pt(16), pt(16)}, artifact);
  pages.pages = {page, page};
  PdfWriter writer(fonts_for_every_script());
  auto pdf = writer.write(pages, sample_options());
  if (!pdf) FAIL(pdf.error().what);
  return *pdf;
}
}  // namespace

TEST_CASE("A picture is stored once, however often it is shown", "[image]") {
  const auto name = own_file("pictures.pdf", pdf_with_pictures());
  const auto listed = run("pdfimages", "-list " + name);
  if (!listed) return;
  INFO(listed->output);
  CHECK(count(listed->output, "rgb ") == 6);  // shown: three on each of two pages
  CHECK(count(listed->output, "jpeg") == 4);
  const auto checked = run("qpdf", "--check " + name);
  if (checked) CHECK(checked->status == 0);
  const auto pdf = pdf_with_pictures();
  CHECK(count(pdf, "/Subtype /Image") == 2);
  CHECK(count(pdf, "/S /Figure") == 1);
  CHECK(contains(pdf, "/BBox [10 60 50 90]"));  // the box of the figure on its first page
  CHECK(pdf == pdf_with_pictures());
}

TEST_CASE("A picture stands upright in its box", "[image]") {
  const auto name = own_file("pictures.pdf", pdf_with_pictures());
  const auto drawn = run("pdftoppm", "-r 72 -f 1 -l 1 " + name);
  if (!drawn) return;
  const auto pixels = drawn->output.find("255\n") + 4;  // "P6 100 100 255"
  const auto at = [&](std::size_t x, std::size_t y) {
    std::vector<int> rgb;
    for (std::size_t i = 0; i < 3; ++i)
      rgb.push_back(static_cast<unsigned char>(drawn->output.at(pixels + (y * 100 + x) * 3 + i)));
    return rgb;
  };
  CHECK(at(15, 15) == std::vector<int>{255, 0, 0});
  CHECK(at(25, 15) == std::vector<int>{0, 255, 0});
  CHECK(at(25, 25) == std::vector<int>{255, 255, 0});
  CHECK(at(15, 35) == std::vector<int>{128, 128, 128});
  CHECK(at(5, 5) == std::vector<int>{255, 255, 255});
  CHECK(at(51, 51)[0] < 40);  // the JPEG: red grows to the right, green downwards
  CHECK(at(64, 64)[0] > 200);
}
