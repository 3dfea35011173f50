#include "bench/material.hpp"

#include "fhir/read.hpp"
#include "press/data.hpp"
#include "report/layout.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <filesystem>

namespace legwork::bench {
namespace {
[[noreturn]] void stop(const Error& error) {
  fmt::print(stderr, "{}: {}\n", error.where, error.what);
  std::exit(3);
}

[[noreturn]] void stop(const std::vector<Error>& errors) { stop(errors.front()); }

template <class T, class E>
T or_stop(tl::expected<T, E> result) {
  if (!result) stop(result.error());
  return std::move(*result);
}

std::string charts_folder() {
  if (const char* named = std::getenv("LEGWORK_CHARTS")) return named;
  const auto shared = std::string(LEGWORK_SOURCE "/../shared/data/charts");
  return std::filesystem::is_directory(shared) ? shared : LEGWORK_SOURCE "/examples";
}

Material load() {
  const auto data = or_stop(press::find_data());
  const std::array folders{charts_folder()};
  return {or_stop(press::read_charts(folders, press::input_limit)),
          or_stop(press::load_pack(data, "")), or_stop(press::load_template(data, "clinician")),
          or_stop(press::load_fonts())};
}
}  // namespace

const Material& material() {
  static const Material loaded = load();
  return loaded;
}

std::vector<fhir::Chart> read_all() {
  std::vector<fhir::Chart> charts;
  for (const auto& file : material().charts) {
    const fhir::Input input{file.name, file.text};
    charts.push_back(or_stop(fhir::read_chart({&input, 1}, material().pack.vocabulary)));
  }
  return charts;
}

std::vector<causes::Assessment> assess_all() {
  std::vector<causes::Assessment> assessments;
  for (const auto& chart : read_all())
    assessments.push_back(causes::assess(chart, material().pack, options));
  return assessments;
}

std::vector<report::Pages> lay_out_all() {
  report::Typesetter typesetter(material().fonts);
  std::vector<report::Pages> documents;
  for (const auto& assessment : assess_all())
    documents.push_back(
        report::lay_out(report::make_document(assessment, material().layout), typesetter));
  return documents;
}
}  // namespace legwork::bench
