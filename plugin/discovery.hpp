#pragma once

#include "causes/pack.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::plugin {
enum class Hook : std::uint8_t { patient_view, encounter_start, order_select, order_sign };

/// A CDS service. There is one for each hook.
struct CdsService {
  Hook hook;
  std::string_view id;         ///< "legwork-patient-view"
  std::string_view hook_name;  ///< "patient-view"
  std::string_view title;      ///< follows the pack's: "when a chart is opened"
  std::string_view description;
  bool has_encounter;  ///< the context must name one
};
inline constexpr std::size_t hook_count = 4;
const std::array<CdsService, hook_count>& cds_services();
const CdsService* find_service(std::string_view id);

/// A part of the chart that the EHR is asked to send along.
struct PrefetchTemplate {
  std::string_view key;   ///< "labs"
  std::string_view type;  ///< of the resources that are asked for
  std::string_view name;  ///< as a card calls it: "laboratory results"
  std::string query;      ///< with {{context.patientId}}
};

/// In the portable subset of CDS Hooks: type searches with reference and token parameters, _count
/// and _sort. The codes are the pack's.
std::vector<PrefetchTemplate> prefetch_templates(const causes::Pack& pack);

/// The answer to GET /cds-services, for a pack of that title.
/// Source: https://cds-hooks.hl7.org/2.0/#discovery
std::string discovery(std::string_view pack_title, const std::vector<PrefetchTemplate>& templates);
}  // namespace legwork::plugin
