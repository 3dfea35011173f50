#pragma once

#include "causes/pack.hpp"
#include "fhir/chart.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Every number of packs/heavy-legs that a result is held against: what the guideline says about
/// it, and what a chart with a value below, at and above it must be told.
namespace legwork::tests {
/// The statement that a threshold stands on. The words are those of the pack's claim, so that
/// neither can change without the other.
struct Quote {
  std::string claim, source, words;
};

struct Sent {
  std::string analyte, unit;
  double upper = 0;  ///< the laboratory's own upper limit; 0: none was sent
};

struct Point {
  double value;
  std::string expected;
};

/// What a row looks at, and how it is told: a cause's or red flag's status; the urgency of a test
/// that is recommended, else its status; whether a rule speaks "for" or "against" a cause, or is
/// "silent".
struct Told {
  enum class By { cause, rule, red_flag, work_up };
  By by;
  std::string id;
  std::string rule;
};

/// What else is on file.
using Beside = std::function<void(fhir::Chart&)>;

struct Threshold {
  Quote quote;
  Sent sent;
  std::vector<Point> points;  ///< just below, at, just above
  Told told;
  std::vector<Beside> beside;
};

std::vector<Threshold> iron_thresholds();
std::vector<Threshold> vitamin_thresholds();
std::vector<Threshold> salt_thresholds();
std::vector<Threshold> kidney_and_liver_thresholds();
std::vector<Threshold> heart_and_clot_thresholds();
std::vector<Threshold> other_thresholds();  ///< thyroid, sugar, muscle, arteries

const causes::Pack& heavy_legs();

Told cause_is(std::string id);
Told rule_says(std::string cause, std::string rule);
Told red_flag_is(std::string id);
Told test_is(std::string id);

Beside result(std::string_view analyte, double value, std::string unit,
              std::string_view date = "2026-11-21");
Beside answer(std::string question, bool yes);
Beside condition(std::string_view what);
Beside denied(std::string_view condition);
Beside drug(std::string_view what);
/// A list without any drug of the pack.
Beside drug_list();
Beside man();
Beside born(std::string_view date);

/// A woman of 62 and what stands beside; assessed on 2026-11-22.
fhir::Chart chart_with(const std::vector<Beside>& beside);

std::string told(const Told& what, const fhir::Chart& chart);
}  // namespace legwork::tests
