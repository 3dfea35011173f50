#pragma once

#include "base/date.hpp"
#include "causes/assess.hpp"
#include "causes/pack.hpp"
#include "fhir/chart.hpp"
#include "press/io.hpp"
#include "report/document.hpp"
#include "report/page.hpp"
#include "report/template.hpp"
#include "report/text.hpp"

#include <memory>
#include <string>
#include <vector>

namespace legwork::bench {
/// What every benchmark works on, read once. A benchmark of one stage starts from the results of
/// the stages before it.
struct Material {
  std::vector<press::File> charts;
  causes::Pack pack;
  report::Template layout;
  std::shared_ptr<const report::Fonts> fonts;
};

/// The charts of $LEGWORK_CHARTS, or else of ../shared/data/charts, or else of examples/. Ends the
/// program with a message if something is not there.
const Material& material();

inline const causes::AssessOptions options{.as_of = std::chrono::year(2026) / 11 / 22, .onset = {}};

std::vector<fhir::Chart> read_all();
std::vector<causes::Assessment> assess_all();
std::vector<report::Pages> lay_out_all();
}  // namespace legwork::bench
