#pragma once

#include "causes/assessment.hpp"
#include "fhir/originals.hpp"
#include "publish/fhir_json.hpp"

#include <set>
#include <string>
#include <vector>

namespace legwork::publish {
/// One section of a document, with what it rests on.
struct DocumentSection {
  std::string title;                 ///< may be ""
  std::string narrative;             ///< XHTML: one <div>; may be ""
  std::set<std::string> references;  ///< to the chart's entries behind it
  bool holds_workup = false;         ///< the work-up's proposals belong to it
};

/// A report as it is written elsewhere, to be filed.
struct FiledReport {
  std::string language, title, kind;  ///< "en", "Heavy legs when lying down", "Clinician summary"
  std::string narrative;              ///< of the whole: who it is about, and that it is a draft
  std::vector<DocumentSection> sections;
  std::string pdf;
  std::string made_by;  ///< "legwork"
  std::string version;  ///< of the program
};

/// A report as a FHIR R4 document: a Bundle that holds a Composition with the report's words, the
/// patient, the chart's entries that it rests on, the work-up as proposals, and a
/// DocumentReference with the PDF.
///
/// `originals` are the entries that could be copied (fhir::find_originals). Of the others, those of
/// a chart in XML, a section says the reference in words; a patient who could not be copied is
/// written from what was read. Nothing depends on when it is made but for the assessment's day: the
/// same report gives the same ids and bytes.
/// Source: https://hl7.org/fhir/R4/documents.html
Json document_bundle(const causes::Assessment& assessment, const FiledReport& report,
                     const std::vector<fhir::Original>& originals);
}  // namespace legwork::publish
