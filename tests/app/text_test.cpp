#include "app/text.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::app;
using namespace legwork::causes;
using Catch::Matchers::Contains;

namespace {
Assessment small_assessment() {
  Assessment assessment;
  assessment.as_of = parse_date("2026-11-22")->first;
  assessment.provenance.complaint_title = "Heavy legs when lying down";
  assessment.provenance.disclaimer = "Supports a decision and makes none.";
  assessment.patient.given = "Odalys";
  assessment.patient.family = "Brightwater";
  auto& flag = assessment.red_flags.emplace_back();
  flag.label = "Deep vein thrombosis";
  flag.status = RedFlagStatus::present;
  auto& iron = assessment.causes.emplace_back();
  iron.label = "Low iron";
  iron.status = CauseStatus::supported;
  iron.unknown = {"urge-to-move"};
  auto& ferritin = iron.evidence.emplace_back();
  ferritin.reference = "Observation/o1";
  ferritin.says = Says::for_it;
  ferritin.text = "ferritin 18 ug/L";
  auto& statin = assessment.causes.emplace_back();
  statin.label = "Statin";
  statin.status = CauseStatus::unlikely;
  return assessment;
}
}  // namespace

TEST_CASE("a cause stands with its evidence, its reference and what is unknown", "[text]") {
  const auto text = to_text(small_assessment(), Ink::plain);
  CHECK_THAT(text, Contains("Low iron                                       supported\n"
                            "    + ferritin 18 ug/L  [Observation/o1]\n"
                            "    ? urge-to-move\n"));
  CHECK_THAT(text, Contains("Unlikely: Statin\n"));
}

TEST_CASE("colored text says the same as plain text, which holds no escape", "[text]") {
  const auto plain = to_text(small_assessment(), Ink::plain);
  auto colored = to_text(small_assessment(), Ink::colored);
  CHECK(plain.find('\x1b') == std::string::npos);
  CHECK_THAT(colored, Contains("\x1b[1;31mpresent\x1b[0m"));
  for (auto at = colored.find('\x1b'); at != std::string::npos; at = colored.find('\x1b'))
    colored.erase(at, colored.find('m', at) + 1 - at);
  CHECK(colored == plain);
}

TEST_CASE("what stands in a chart cannot steer the reader's terminal", "[text]") {
  auto assessment = small_assessment();
  assessment.patient.family = "Bright\x1b[2Jwater";
  CHECK(to_text(assessment, Ink::plain).find('\x1b') == std::string::npos);
}
