#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace legwork::report {
/// What a report was made from. Stands in its file, so that the report can be made again and
/// compared; nothing of it tells who the patient is. Digests are SHA-256, "" for what was not
/// given.
struct MadeFrom {
  std::string program;  ///< legwork's version: "0.1.0"; "" for a file that says nothing of this
  std::string profile;  ///< "archive"
  std::string as_of;
  std::string onset;  ///< as it was given; "" where the chart told it
  std::string pack, pack_version, pack_digest;
  std::string codes_digest;     ///< of a site's own codes
  std::string answers_digest;   ///< of answers beside the chart
  std::string previous_digest;  ///< of the earlier assessment
  std::string layout;           ///< the template's name: "clinician"; a file's without its folder
  std::string layout_digest;
  std::string fonts_digest;       ///< of the faces that it uses
  std::string words_digest;       ///< of what its pages say
  std::string assessment_digest;  ///< of the assessment as JSON
  friend bool operator==(const MadeFrom&, const MadeFrom&) = default;
};

/// Its properties for the file's XMP packet, and the description that PDF/A wants of a schema of
/// our own. Characters that a name should not hold become "_".
std::string made_from_properties(const MadeFrom& from);
std::string made_from_schema();

/// Closes a file that has these properties: puts the digest of all its other bytes where they leave
/// room for it. It shows that a file was changed by accident or by another program, and is no
/// signature: who wants to forge one can close it again.
void seal(std::string& pdf);

/// Whether the bytes are those that were sealed.
bool is_sealed(std::string_view pdf);

/// Reads the properties from a file as it was written: what another program wrote anew may have
/// them compressed, and was changed. Trusts no length or offset that the file names.
/// Errors: unsupported  not a report of legwork
///         malformed    one that was changed so that it no longer says what it was made from
Result<MadeFrom> read_made_from(std::string_view pdf, const std::string& name);
}  // namespace legwork::report
