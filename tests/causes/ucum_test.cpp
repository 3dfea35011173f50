// UCUM's own files, read where they lie: not copied into this project.
#include "causes/units.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <pugixml.hpp>
#include <string>
#include <string_view>

using namespace legwork::causes;

namespace {
/// False, with a word that CTest counts as skipped, where the file is not.
bool load(pugi::xml_document& file, const char* name) {
  const auto path = fmt::format("{}/{}", UCUM_DIR, name);
  if (file.load_file(path.c_str())) return true;
  std::printf("skipped: no %s\n", path.c_str());
  return false;
}

/// Half of the last digit that is stated: "0.160" is 0.1595 to 0.1605.
double precision(std::string_view stated) {
  const auto exponent = stated.find('e');
  const auto mantissa = stated.substr(0, exponent);
  const auto point = mantissa.find('.');
  const auto decimals = point == mantissa.npos ? 0 : mantissa.size() - point - 1;
  const int power =
      exponent == stated.npos ? 0 : std::stoi(std::string(stated.substr(exponent + 1)));
  return 0.5 * std::pow(10, power - static_cast<int>(decimals));
}

void check_stated(std::optional<double> result, const std::string& stated) {
  REQUIRE(result);
  const double expected = std::stod(stated);
  CHECK(*result == Approx(expected).margin(precision(stated)).epsilon(1e-14));
}
}  // namespace

TEST_CASE("UCUM's functional tests hold", "[.ucum]") {
  pugi::xml_document file;
  if (!load(file, "UcumFunctionalTests.xml")) return;
  const auto tests = file.child("ucumTests");
  int cases = 0;
  const auto text = [](pugi::xml_node node, const char* name) {
    return std::string(node.attribute(name).as_string());
  };

  for (const auto node : tests.child("validation").children("case")) {
    INFO(text(node, "id") << ": " << text(node, "unit"));
    CHECK(is_unit(text(node, "unit")) == node.attribute("valid").as_bool());
    ++cases;
  }
  for (const auto node : tests.child("conversion").children("case")) {
    INFO(text(node, "id") << ": " << text(node, "srcUnit") << " to " << text(node, "dstUnit"));
    check_stated(
        convert(node.attribute("value").as_double(), text(node, "srcUnit"), text(node, "dstUnit")),
        text(node, "outcome"));
    ++cases;
  }
  for (const auto* sign : {"multiplication", "division"}) {
    const bool divide = std::string_view(sign) == "division";
    for (const auto node : tests.child(sign).children("case")) {
      INFO(sign << " " << text(node, "id"));
      const double one = node.attribute("v1").as_double(), two = node.attribute("v2").as_double();
      const auto unit =
          fmt::format("({}){}({})", text(node, "u1"), divide ? '/' : '.', text(node, "u2"));
      const auto wanted = text(node, "uRes");
      check_stated(convert(divide ? one / two : one * two, unit, wanted.empty() ? "1" : wanted),
                   text(node, "vRes"));
      ++cases;
    }
  }
  CHECK(cases > 550);
}

TEST_CASE("every unit of ucum-essence.xml is what it says", "[.ucum]") {
  pugi::xml_document file;
  if (!load(file, "ucum-essence.xml")) return;
  int units = 0;
  for (const auto node : file.child("root").children("unit")) {
    const std::string code = node.attribute("Code").as_string();
    const auto value = node.child("value");
    const auto function = value.child("function");
    CAPTURE(code);
    REQUIRE(is_unit(code));
    CHECK(is_unit("k" + code) == (node.attribute("isMetric").as_string() == std::string("yes")));
    ++units;
    const std::string of = (function ? function : value).attribute("Unit").as_string();
    if (of == "1" && node.attribute("isArbitrary")) {
      CHECK_FALSE(convert(1, code, "1"));
    } else if (function) {
      CHECK(convert(1, code, of));
    } else {
      CHECK(*convert(1, code, of) == Approx(value.attribute("value").as_double()).epsilon(1e-14));
    }
  }
  CHECK(units == 305);
}
