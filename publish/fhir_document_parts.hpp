#pragma once

#include "causes/assessment.hpp"
#include "publish/fhir_document.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The resources of a document that are ours. Of no use outside `publish`.
namespace legwork::publish {
/// A resource of the Bundle, where others find it.
struct DocumentEntry {
  std::string url;
  Json resource;
};

/// Names what is ours: the same part of the same report always has the same UUID.
class Naming {
 public:
  explicit Naming(std::string report) : report_(std::move(report)) {}
  std::string uuid(std::string_view part) const;

 private:
  std::string report_;  // what tells it from every other
};

/// The program, as the author.
DocumentEntry device(const FiledReport& report, const Naming& naming);

/// From what was read, for a chart whose Patient cannot be copied.
DocumentEntry patient(const fhir::Patient& patient, const Naming& naming);

/// One for each recommended test, or for each of its codes where it has several: who signs it makes
/// it an order.
std::vector<DocumentEntry> proposals(const causes::Assessment& assessment,
                                     const std::string& patient_url, const std::string& device_url,
                                     const Naming& naming);

/// The PDF, to be filed under the patient.
DocumentEntry document_reference(const FiledReport& report, const causes::Assessment& assessment,
                                 const std::string& patient_url, const std::string& device_url,
                                 const Naming& naming);
}  // namespace legwork::publish
