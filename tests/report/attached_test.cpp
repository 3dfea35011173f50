#include "report/attached.hpp"

#include "report/deflate.hpp"

#include <catch2/catch.hpp>

using namespace legwork::report;

namespace {
std::string with_file(const std::string& bytes, const std::string& line_end = "\r\n") {
  Deflater deflater;
  return "%PDF-1.4\n7 0 obj\n<< /Length 8 0 R /Type /EmbeddedFile /Subtype /application#2Fjson "
         "/Filter /FlateDecode >>\nstream" +
         line_end + deflater.deflate(bytes) + "\nendstream\nendobj\n%%EOF\n";
}
const std::string json = R"({"causes":[]})" + std::string(200000, ' ');
}  // namespace

TEST_CASE("The file that a report carries along is read back", "[attached]") {
  CHECK(attached_file(with_file(json), 1 << 20) == json);
  CHECK(attached_file(with_file(json, "\n"), json.size()) == json);
  CHECK(attached_file(with_file(""), 10) == "");
}

TEST_CASE("Nothing is read of a file that is absent, damaged, cut short or too large",
          "[attached]") {
  CHECK_FALSE(attached_file("", 100));
  CHECK_FALSE(attached_file("%PDF-1.4\n%%EOF\n", 100));
  CHECK_FALSE(attached_file(with_file(json), json.size() - 1));
  const auto pdf = with_file(json);
  const auto stream = pdf.find("stream") + 8;
  CHECK_FALSE(attached_file(pdf.substr(0, stream), 1 << 20));
  CHECK_FALSE(attached_file(pdf.substr(0, stream + 60), 1 << 20));
  auto damaged = pdf;
  damaged[stream + 1] = static_cast<char>(damaged[stream + 1] ^ 0x55);
  CHECK_FALSE(attached_file(damaged, 1 << 20));
}
