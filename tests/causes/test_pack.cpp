#include "tests/causes/test_pack.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace legwork::tests {
namespace {
void add_folder(const std::filesystem::path& folder, std::vector<OwnedFile>& files) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    files.push_back({entry.path().filename().string(), {std::istreambuf_iterator<char>(in), {}}});
  }
}

template <class T>
const T& with_id(const std::vector<T>& items, std::string_view id) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const T& item) { return item.id == id; });
  REQUIRE(found != items.end());
  return *found;
}
}  // namespace

std::vector<OwnedFile> pack_files(std::string_view folder) {
  std::vector<OwnedFile> files;
  add_folder(LEGWORK_SOURCE_DIR "/packs/common", files);
  add_folder(LEGWORK_SOURCE_DIR "/" + std::string(folder), files);
  std::sort(files.begin(), files.end(),
            [](const OwnedFile& a, const OwnedFile& b) { return a.name < b.name; });
  return files;
}

std::vector<OwnedFile> without_patient_words(std::vector<OwnedFile> files) {
  std::erase_if(files, [](const OwnedFile& file) { return file.name.starts_with("patient."); });
  return files;
}

causes::Pack read(const std::vector<OwnedFile>& files) {
  std::vector<causes::PackFile> views;
  for (const OwnedFile& file : files) views.push_back({file.name, file.text});
  auto pack = causes::read_pack(views);
  if (!pack) {
    for (const Error& fault : pack.error()) UNSCOPED_INFO(fault.where << ": " << fault.what);
    FAIL("the pack has faults");
  }
  return std::move(*pack);
}

std::vector<Error> faults_after(std::string_view file, std::string_view from, std::string_view to) {
  auto files = pack_files("tests/packs/cough");
  const auto found = std::find_if(files.begin(), files.end(), [&](const OwnedFile& candidate) {
    return candidate.name == file;
  });
  REQUIRE(found != files.end());
  const auto at = found->text.find(from);
  REQUIRE(at != std::string::npos);
  found->text.replace(at, from.size(), to);
  std::vector<causes::PackFile> views;
  for (const OwnedFile& one : files) views.push_back({one.name, one.text});
  const auto pack = causes::read_pack(views);
  return pack ? std::vector<Error>{} : pack.error();
}

const causes::Pack& cough() {
  static const causes::Pack pack = read(pack_files("tests/packs/cough"));
  return pack;
}

fhir::ConceptId concept_id(const causes::Pack& pack, std::string_view id) {
  return static_cast<fhir::ConceptId>(&with_id(pack.concepts, id) - pack.concepts.data());
}

DateSpan span(std::string_view iso_date) { return parse_date(iso_date).value(); }
Day day(std::string_view iso_date) { return span(iso_date).first; }

fhir::Chart empty_chart() {
  fhir::Chart chart;
  chart.patient.reference = "Patient/p1";
  return chart;
}

fhir::Medication taking(std::string_view drug, std::string_view since, std::string reference) {
  fhir::Medication entry;
  entry.reference = std::move(reference);
  entry.ingredients = {concept_id(cough(), drug)};
  entry.use = fhir::Medication::Use::taking;
  if (!since.empty()) entry.start = span(since);
  return entry;
}

fhir::Measurement measured(std::string_view what, double value, std::string unit,
                           std::string_view date, std::string reference) {
  fhir::Measurement measurement;
  measurement.reference = std::move(reference);
  measurement.id = concept_id(cough(), what);
  measurement.value =
      fhir::Quantity{value, fhir::Quantity::Comparator::equal, {}, std::move(unit), true};
  if (!date.empty()) measurement.date = span(date);
  return measurement;
}

fhir::Answer answered(std::string question, bool yes, std::string_view date) {
  return {"QuestionnaireResponse/q1", std::move(question), yes, span(date)};
}

fhir::Condition cough_since(std::string_view onset) {
  fhir::Condition condition;
  condition.reference = "Condition/c1";
  condition.id = concept_id(cough(), "cough");
  condition.clinical = fhir::Condition::Clinical::active;
  condition.onset = span(onset);
  return condition;
}

causes::Assessment assessed(const fhir::Chart& chart, std::string_view as_of) {
  return causes::assess(chart, cough(), {day(as_of), {}});
}

const causes::CauseFinding& cause(const causes::Assessment& assessment, std::string_view id) {
  return with_id(assessment.causes, id);
}

const causes::WorkupItem& workup(const causes::Assessment& assessment, std::string_view id) {
  return with_id(assessment.workup, id);
}
}  // namespace legwork::tests
