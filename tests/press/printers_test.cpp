#include "press/printers.hpp"

#include "causes/assess.hpp"
#include "fhir/read.hpp"
#include "press/data.hpp"
#include "press/io.hpp"

#include <catch2/catch.hpp>
#include <thread>

using namespace legwork;

namespace {
struct Shop {
  std::string data = press::find_data().value();
  causes::Pack pack = press::load_pack(data, "").value();
  std::shared_ptr<press::Printers> printers = press::load_printers(data).value();

  causes::Assessment assess(const std::string& example) const {
    const auto text = press::read_file(data + "/examples/" + example, press::input_limit).value();
    const fhir::Input inputs[] = {{example, text}};
    const auto chart = fhir::read_chart(inputs, pack.vocabulary).value();
    return causes::assess(chart, pack, {.as_of = std::chrono::year(2026) / 11 / 22, .onset = {}});
  }
};
}  // namespace

TEST_CASE("a warm printer prints the same bytes as a new one, whatever it printed before",
          "[printers]") {
  Shop shop;
  const auto first = shop.assess("amlodipine-and-iron.json");
  const auto other = shop.assess("far-too-much.json");
  const auto print = [&](const auto& assessment) {
    return shop.printers->print("clinician", assessment, shop.pack, {}).value().pdf;
  };
  const auto expected = print(first);
  CHECK(print(other) != expected);
  CHECK(print(first) == expected);

  std::vector<std::string> made(4);
  {
    std::vector<std::jthread> threads;
    for (auto& pdf : made) threads.emplace_back([&] { pdf = (print(other), print(first)); });
  }
  for (const auto& pdf : made) CHECK(pdf == expected);
}

TEST_CASE("every template that legwork brings along has a printer; another name is refused",
          "[printers]") {
  Shop shop;
  for (const auto* name : {"clinician", "compact", "patient", "patient.es"})
    CHECK(shop.printers->layout(name) != nullptr);
  CHECK(shop.printers->layout("../clinician") == nullptr);
  const auto refused =
      shop.printers->print("none", shop.assess("nothing-on-file.json"), shop.pack, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::missing);
}
