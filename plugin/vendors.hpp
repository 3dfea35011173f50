#pragma once

#include "base/result.hpp"
#include "plugin/http.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::plugin {
/// How the Medication resources that orders refer to are had.
enum class MedicationAccess : std::uint8_t {
  include,  ///< with the orders: _include=MedicationRequest:medication
  search,   ///< many at a time: Medication?_id=a,b
  read,     ///< one by one: Medication/a
};

/// A search that a server takes only with one of these parameters.
struct SearchNeed {
  std::string type;                 ///< "Observation"
  std::vector<std::string> one_of;  ///< "category", "code"
};

/// The ways of one kind of FHIR server, as data: a file in vendors/ (docs/vendors.md).
struct Vendor {
  std::string name;
  MedicationAccess medications = MedicationAccess::read;
  unsigned most_count = 0;  ///< largest _count that is honored; 0: no limit is known
  std::vector<SearchNeed> needs;
  std::vector<Header> headers;              ///< that each request must carry
  std::vector<std::string> document_types;  ///< it takes as DocumentReference, the preferred first
  std::size_t inline_bytes = 0;  ///< largest attachment inside the resource; more: as a Binary
  std::vector<std::string> unverified;  ///< members of the file that nobody has seen to hold
};

/// Reads a vendor's file. `name` stands in errors.
/// Errors: malformed  not JSON, or a member that is not known, not of its kind, or without its
/// source
Result<Vendor> read_vendor(std::string_view json, const std::string& name);

/// The vendor of that name in the data folder's vendors/; "": generic.
/// Errors: missing    no such file
///         malformed  as read_vendor
Result<Vendor> load_vendor(const std::string& data, const std::string& name);

/// A query as this vendor takes it: "Condition?patient=1&_count=200" with no more than its most,
/// and orders together with their Medications. Errors: unsupported  it lacks a parameter that the
/// vendor needs
Result<std::string> fitted(const Vendor& vendor, std::string query);
}  // namespace legwork::plugin
