#pragma once

#include "base/result.hpp"
#include "causes/assessment.hpp"
#include "causes/pack.hpp"
#include "causes/since.hpp"
#include "report/document.hpp"
#include "report/hyphenation.hpp"
#include "report/pdf.hpp"
#include "report/sheet.hpp"
#include "report/template.hpp"
#include "report/text.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace legwork::press {
/// One printing of a report.
struct PrintOptions {
  report::Profile profile = report::Profile::archive;
  const causes::Since* since = nullptr;  ///< what changed since an earlier assessment
  std::string onset;                     ///< where it was given from outside the chart; or ""
  /// SHA-256 of what else was given, as the report's file names it (report::MadeFrom); or "".
  std::string codes_digest, answers_digest, previous_digest;
};

struct Printed {
  std::string pdf;
  std::size_t unprintable = 0;  ///< characters that no font has; the page says how many
};

/// "3 characters are in no font and printed by name or number": how many, not which, since they may
/// be the patient's name.
std::string unprintable_words(std::size_t characters);

/// What the patient reads, in the words that the pack has for it in the template's language.
/// Errors: missing  the pack has no words for the patient in that language
Result<report::Sheet> patient_sheet(const causes::Assessment& assessment, const causes::Pack& pack,
                                    const report::Template& layout);

/// A report's words and their order, which all its forms are made from.
/// Errors: as patient_sheet
Result<report::Document> make_document(const causes::Assessment& assessment,
                                       const causes::Pack& pack, const report::Template& layout,
                                       const causes::Since* since);

/// Prints reports with one template. Keeps shaped words and font subsets from one to the next: one
/// for each thread. The same assessment, pack and options give the same bytes, whatever was printed
/// before.
class Printer {
 public:
  /// `layout_name`: as the report's file shall name the template: "clinician", "patient.es".
  /// `hyphenation` may be null: words stay whole.
  Printer(std::shared_ptr<const report::Fonts> fonts,
          std::shared_ptr<const report::Hyphenation> hyphenation, report::Template layout,
          std::string layout_name);

  const report::Template& layout() const { return layout_; }

  /// Errors: as patient_sheet and report::PdfWriter::write
  Result<Printed> print(const causes::Assessment& assessment, const causes::Pack& pack,
                        const PrintOptions& options);

 private:
  report::Template layout_;
  std::string layout_name_;
  report::Typesetter typesetter_;
  report::PdfWriter writer_;
};
}  // namespace legwork::press
