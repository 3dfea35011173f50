#include "causes/units.hpp"

#include "causes/unit_table.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace legwork::causes;

TEST_CASE("a unit is what UCUM's grammar allows", "[units]") {
  const std::string unit = GENERATE(
      "mg/dL", "10*3/uL", "10*9/L", "10^3", "/uL", "%", "1", "{score}", "mL/min/{1.73_m2}",
      "m[IU]/L", "u[IU]/mL", "[arb'U]/mL", "mm[Hg]", "cm[H2O]", "dB[10.nV]", "kg.m/s2", "g/(24.h)",
      "4.[pi].10*-7.N/A2", "rad2{a}", "mol/(kg.s)", "[m/s2/Hz^(1/2)]", "KiBy", "dar", "m+2", "''");
  CAPTURE(unit);
  CHECK(is_unit(unit));
}

TEST_CASE("what only looks like a unit is none", "[units]") {
  const std::string text =
      GENERATE("", " ", "mg/", "//L", "mg dL", "mcg/L", "MG/DL", "IU/L", "iU", "g/24h", "10+3/uL",
               "m(s)", "m(/s)", "(m/s)2", "(m/s", "m/s)", "()", "mg{", "mg{a{b}}", "{a}mg",
               "mg{a b}", "mg{a}{b}", "m-", "m2-", "m1000", "0", "0.m", "kmin", "k%", "[IU", "µg/L",
               "Cel/h", "Cel2", "/Cel", "10.Cel");
  CAPTURE(text);
  CHECK_FALSE(is_unit(text));
}

TEST_CASE("K/uL is kelvin per microliter, never a count of cells", "[units]") {
  CHECK(is_unit("K/uL"));
  CHECK_FALSE(convert(250, "K/uL", "10*9/L"));
}

TEST_CASE("a zero byte is no part of a unit", "[units]") {
  CHECK_FALSE(is_unit(std::string_view("mg\0", 3)));
}

TEST_CASE("a unit longer or deeper than any real one is refused at once", "[units]") {
  const std::string bomb(100'000, '(');
  CHECK_FALSE(is_unit(bomb + "m" + std::string(100'000, ')')));
  CHECK_FALSE(is_unit(std::string(17, '(') + "m" + std::string(17, ')')));
  CHECK(is_unit(std::string(16, '(') + "m" + std::string(16, ')')));
  CHECK_FALSE(is_unit("m{" + std::string(300, 'x') + "}"));
}

TEST_CASE("values convert between units of one kind", "[units]") {
  struct Row {
    double value;
    std::string from, to;
    double expected;
  };
  const auto row = GENERATE(values<Row>({
      {75, "ng/mL", "ug/L", 75},
      {0.075, "mg/L", "ng/mL", 75},
      {5, "10*3/uL", "10*9/L", 5},
      {5, "10*3/uL", "/nL", 5},
      {12.1, "g/dL", "g/L", 121},
      {36, "%", "L/L", 0.36},
      {90, "mL/min/{1.73_m2}", "mL/min", 90},
      {1, "g/(24.h)", "g/d", 1},
      {2, "[lb_av]", "g", 907.18474},
      {1, "mo", "d", 30.4375},
      {1, "[in_i'Hg]", "[psi]", 0.4911526},
      {1, "KiBy", "bit", 8192},
      {1, "atm", "kPa", 101.325},
  }));
  CAPTURE(row.from, row.to);
  const auto result = convert(row.value, row.from, row.to);
  REQUIRE(result);
  CHECK(*result == Approx(row.expected).epsilon(1e-6));
}

TEST_CASE("a value at a threshold stays at it when only powers of ten differ", "[units]") {
  CHECK(convert(75, "ng/mL", "ug/L") == 75);
  CHECK(convert(75, "pg/uL", "ug/L") == 75);
  CHECK(convert(0.1, "g/L", "mg/dL") == 10);
  CHECK(convert(8.6, "mg/dL", "g/L") == 0.086);
  CHECK(convert(150, "mmol/L", "mol/L") == 0.15);
  CHECK(convert(400, "/mm3", "10*9/L") == 0.4);
  CHECK(convert(0.3, "k[IU]/L", "[IU]/mL") == 0.3);
}

TEST_CASE("special units convert through their own functions", "[units]") {
  struct Row {
    double value;
    std::string from, to;
    double expected;
  };
  const auto row = GENERATE(values<Row>({
      {37, "Cel", "[degF]", 98.6},
      {98.6, "[degF]", "Cel", 37},
      {0, "K", "Cel", -273.15},
      {80, "[degRe]", "Cel", 100},
      {7.4, "[pH]", "nmol/L", 39.810717},
      {1, "mol/L", "[pH]", 0},
      {20, "dB", "1", 100},
      {94, "dB[SPL]", "Pa", 1.0023745},
      {30, "dB[W]", "W", 1000},
      {60, "dB[uV]", "mV", 1},
      {1, "Np", "1", std::exp(1.0)},
      {100, "%[slope]", "deg", 45},
      {100, "[p'diop]", "deg", 45},
      {3, "bit_s", "1", 8},
      {3, "[hp'_X]", "1", 1e-3},
      {3, "[hp'_C]", "1", 1e-6},
      {2, "[hp'_M]", "1", 1e-6},
      {1, "[hp'_Q]", "1", 2e-5},
      {3, "[m/s2/Hz^(1/2)]", "m2/s4/Hz", 9},
  }));
  CAPTURE(row.from, row.to);
  const auto result = convert(row.value, row.from, row.to);
  REQUIRE(result);
  CHECK(*result == Approx(row.expected).epsilon(1e-7).margin(1e-10));
  const auto back = convert(*result, row.to, row.from);
  REQUIRE(back);
  CHECK(*back == Approx(row.value).epsilon(1e-9).margin(1e-10));
}

TEST_CASE("a special unit into itself is the value itself", "[units]") {
  CHECK(convert(36.6, "Cel", "Cel{oral}") == 36.6);
  CHECK(convert(25, "dB", "B") == 2.5);
}

TEST_CASE("molar mass bridges mass and amount of substance", "[units]") {
  struct Row {
    double molar_mass, value;
    std::string from, to;
    double expected;
  };
  const auto row = GENERATE(values<Row>({
      {24.305, 1.7, "mg/dL", "mmol/L", 0.69944},  // magnesium
      {113.12, 88.402, "umol/L", "mg/dL", 1.0},   // creatinine
      {441.4, 10, "nmol/L", "ng/mL", 4.414},      // folate
      {113.12, 3.3936, "mg/mmol", "mg/g", 30.0},  // albumin by creatinine
      {2, 3, "mol", "g", 6},
  }));
  CAPTURE(row.from, row.to);
  const auto result = convert(row.value, row.from, row.to, {row.molar_mass});
  REQUIRE(result);
  CHECK(*result == Approx(row.expected).epsilon(1e-4));
  CHECK_FALSE(convert(row.value, row.from, row.to));
}

TEST_CASE("what is not the same kind of thing does not convert", "[units]") {
  struct Row {
    std::string from, to;
  };
  const auto row = GENERATE(values<Row>({
      {"cm", "g"},
      {"[IU]", "U"},
      {"[IU]/L", "U/L"},
      {"[IU]", "[arb'U]"},
      {"[IU]", "1"},
      {"[IU]/L", "[IU]"},
      {"meq/L", "mg/dL"},
      {"g/L", "10*9/L"},
      {"Cel", "m"},
      {"U/L", "g/L"},
      {"mg/dL", "nonsense"},
      {"nonsense", "mg/dL"},
  }));
  CAPTURE(row.from, row.to);
  CHECK_FALSE(convert(1, row.from, row.to, {100.0}));
}

TEST_CASE("arbitrary units convert into themselves with a prefix", "[units]") {
  CHECK(convert(1500, "[IU]", "k[IU]") == 1.5);
  CHECK(convert(4.5, "u[IU]/mL", "m[IU]/L") == 4.5);
  CHECK(convert(4.5, "[iU]/mL", "[IU]/mL") == 4.5);
}

TEST_CASE("no conversion makes what is not a number", "[units]") {
  CHECK_FALSE(convert(std::numeric_limits<double>::quiet_NaN(), "m", "m"));
  CHECK_FALSE(convert(std::numeric_limits<double>::infinity(), "m", "cm"));
  CHECK_FALSE(convert(1e300, "Ym", "ym"));
  CHECK_FALSE(convert(-1, "1", "dB"));
  CHECK_FALSE(convert(1, "10*999", "1"));
}

TEST_CASE("from any unit to base units and back is the same", "[units]") {
  for (const auto& row : unit_definitions()) {
    const std::string code(row.code), unit(row.unit);
    const bool number = row.scale == Scale::arbitrary;
    CAPTURE(code);
    CHECK(is_unit(code));
    CHECK(is_unit("k" + code) == (row.prefixes == Prefixes::metric));
    if (number) continue;
    const auto there = convert(0.75, code, unit);
    REQUIRE(there);
    const auto back = convert(*there, unit, code);
    REQUIRE(back);
    CHECK(*back == Approx(0.75).epsilon(1e-12));
  }
}

TEST_CASE("conversion in two steps is conversion in one", "[units]") {
  const std::vector<std::string> units = {"g/L",   "mg/dL",           "ug/mL", "[lb_av]/[gal_us]",
                                          "kg/m3", "[oz_av]/[foz_us]"};
  for (const auto& a : units)
    for (const auto& b : units)
      for (const auto& c : units)
        CHECK(*convert(*convert(3, a, b), b, c) == Approx(*convert(3, a, c)).epsilon(1e-12));
}
