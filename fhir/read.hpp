#pragma once

#include "base/result.hpp"
#include "fhir/chart.hpp"
#include "fhir/unmapped.hpp"
#include "fhir/vocabulary.hpp"

#include <span>
#include <string>
#include <string_view>

namespace legwork::fhir {
/// One text that holds part of a chart, or all of it.
struct Input {
  std::string name;       ///< stands in errors and notes: "chart.json"
  std::string_view text;  ///< JSON, NDJSON or XML: told by its first character
};

/// Reads the inputs as the record of exactly one patient. FHIR R4 as a Bundle of any type, a single
/// resource, an array of resources, NDJSON, or FHIR XML; the same resources give the same Chart in
/// each form, in whatever order they stand.
///
/// A resource that cannot be read, is entered in error, or is about somebody else is left out with
/// a note; the rest is used. A resource that stands twice counts once, in its latest version by
/// meta.lastUpdated and meta.versionId; of equal ones the last.
///
/// Errors: malformed    not JSON or XML, cut short, not UTF-8, or nested deeper than FHIR ever is
///         unsupported  no FHIR in it, or two patients
///         missing      no Patient
///         unavailable  an input beyond 4 GB
/// `where` names the input and the byte or line; neither string quotes the input.
/// Cost:   one pass, linear in the text; what the vocabulary does not know is stepped over.
///         bench/read_chart.cpp
/// Source: https://hl7.org/fhir/R4/bundle.html, https://hl7.org/fhir/R4/json.html,
///         https://hl7.org/fhir/R4/xml.html
Result<Chart> read_chart(std::span<const Input> inputs, const Vocabulary& vocabulary);
/// The same, and lists the codes of this patient that the vocabulary does not know.
Result<Chart> read_chart(std::span<const Input> inputs, const Vocabulary& vocabulary,
                         Unmapped& unmapped);
}  // namespace legwork::fhir
