#pragma once

#include "plugin/knowledge.hpp"

#include <string>

namespace legwork::plugin {
/// What this server can do: a CapabilityStatement (R4, JSON).
/// Source: https://hl7.org/fhir/R4/capabilitystatement.html
std::string capability_statement(const causes::Pack& pack, const std::string& base_url);

/// What the report's operation takes and gives: an OperationDefinition (R4, JSON).
/// Source: https://hl7.org/fhir/R4/operationdefinition.html
std::string operation_definition(const Knowledge& knowledge, const std::string& base_url);
}  // namespace legwork::plugin
