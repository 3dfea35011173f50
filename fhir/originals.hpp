#pragma once

#include "fhir/read.hpp"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace legwork::fhir {
/// A resource as it stood in the input.
struct Original {
  std::string reference;  ///< as a Chart's facts name it: "Observation/o9", "Bundle.entry[7]"
  std::string id;         ///< "o9"; may be ""
  std::string full_url;   ///< of its Bundle entry; may be ""
  std::string json;       ///< its text, character by character
  std::string drug;       ///< the Medication that it refers to: "Medication/m2"; may be ""
};

/// The resources that these references name, and the Medications that these refer to, in the order
/// of the input. Only JSON can be copied: what stands in XML, or is
/// damaged, is not found. Of several versions of a
/// resource it is the one that `read_chart` used.
///
/// The inputs must be those that read_chart has read, by the same names.
/// Cost: a second pass, linear in the text.
std::vector<Original> find_originals(std::span<const Input> inputs,
                                     const std::set<std::string>& references);
}  // namespace legwork::fhir
