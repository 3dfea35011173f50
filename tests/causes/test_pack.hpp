#pragma once

#include "causes/assess.hpp"
#include "causes/pack.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace legwork::tests {
/// A file of a pack that owns its text.
struct OwnedFile {
  std::string name, text;
};

/// The files of a pack's folder in the source tree, and those of packs/common.
std::vector<OwnedFile> pack_files(std::string_view folder);

/// Those files without the words for patients, which name every cause, test and question.
std::vector<OwnedFile> without_patient_words(std::vector<OwnedFile> files);

/// The pack read from files; fails the test with the faults where it cannot be.
causes::Pack read(const std::vector<OwnedFile>& files);

/// The pack of tests/packs/cough.
const causes::Pack& cough();

/// The faults of the cough pack after replacing a text in one of its files.
std::vector<Error> faults_after(std::string_view file, std::string_view from, std::string_view to);

fhir::ConceptId concept_id(const causes::Pack& pack, std::string_view id);

Day day(std::string_view iso_date);
DateSpan span(std::string_view iso_date);

/// A chart of one patient with nothing on file.
fhir::Chart empty_chart();

/// An entry of the cough pack's drug, in use since the date ("" for no date).
fhir::Medication taking(std::string_view drug, std::string_view since,
                        std::string reference = "m1");

fhir::Measurement measured(std::string_view what, double value, std::string unit,
                           std::string_view date, std::string reference = "o1");

fhir::Answer answered(std::string question, bool yes, std::string_view date = "2026-11-20");

/// The cough of the complaint, with its onset.
fhir::Condition cough_since(std::string_view onset);

causes::Assessment assessed(const fhir::Chart& chart, std::string_view as_of = "2026-11-22");

const causes::CauseFinding& cause(const causes::Assessment& assessment, std::string_view id);
const causes::WorkupItem& workup(const causes::Assessment& assessment, std::string_view id);
}  // namespace legwork::tests
