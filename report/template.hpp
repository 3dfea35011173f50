#pragma once

#include "base/result.hpp"
#include "report/color.hpp"
#include "report/image.hpp"
#include "report/template_element.hpp"
#include "report/template_wording.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::report {
enum class Paper { a4, letter };

/// What a document can be made of. `own` is a section that the template itself describes.
enum class SectionId {
  patient,
  red_flags,
  stands_out,
  changes,
  first_steps,
  causes,
  results,
  medications,
  questions,
  workup,
  notes,
  basis,
  sign_off,
  message,
  found,
  next,
  until_then,
  help,
  tell,
  ask,
  own,
};

/// A section of a kind of document: `<section id="…"/>`.
struct SectionKind {
  std::string_view name;
  SectionId id;
  bool needed = false;  ///< no document may be without it
};

/// A kind of document: `<document kind="…">`.
struct KindOfDocument {
  std::string_view name;
  DocumentKind kind;
  std::size_t pages;  ///< at most
};

std::span<const KindOfDocument> document_kinds();
std::string_view kind_name(DocumentKind kind);  ///< "clinician"

/// The sections of a kind of document, in the order in which messages name them; without `own`.
std::span<const SectionKind> section_kinds(DocumentKind kind);

/// Who sends the document.
struct Brand {
  std::string name, department, address;    ///< all but the name may be ""
  Color color;                              ///< of headings; at least 4.5 : 1 against the watermark
  Color signal;                             ///< of what must not be missed; likewise
  std::string logo;                         ///< name of a picture beside the template; "" for none
  std::shared_ptr<const Image> image = {};  ///< that picture, read by whoever may read files
};

/// Whom a patient calls.
struct Contacts {
  std::string emergency;  ///< "911"
  std::string same_day;   ///< of the clinic; may be ""
};

/// A section as a template places it.
struct SectionForm {
  SectionId id{};
  std::size_t limit = SIZE_MAX;  ///< most entries of its list
  OwnSection own = {};           ///< what it holds, if it is the template's own
};

/// How an assessment becomes pages: what a hospital may change. Checked when read.
struct Template {
  DocumentKind kind = DocumentKind::clinician;
  std::string language;  ///< BCP 47: "en"
  Paper paper = Paper::a4;
  Brand brand;
  Contacts contacts;                            ///< of a patient's page; else empty
  std::vector<std::vector<SectionForm>> pages;  ///< what stands on each, in order
  std::vector<std::string> header, footer;      ///< further lines on every page
  Wording wording;                              ///< holds every key of wording_keys(kind)
  std::string digest;                           ///< SHA-256 of the file
};

/// Reads a template (XML, UTF-8). `name` stands in errors: "clinician.xml".
///
/// Errors: all that were found, in the order of the file, then what is absent from it.
///         malformed    not XML, or an element, attribute, id, color or placeholder is not known
///                      here
///         unsupported  a kind of document that legwork does not make
///         missing      a text, or a section that no document may be without
/// `where` is name and line; `what` ends with the remedy.
tl::expected<Template, std::vector<Error>> read_template(std::string_view xml, std::string name);
}  // namespace legwork::report
