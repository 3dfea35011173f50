#pragma once

#include "base/result.hpp"
#include "plugin/ask.hpp"

#include <string>
#include <string_view>

namespace legwork::plugin {
/// Reads what was posted to $heavy-legs-report: a chart (a Bundle or one resource, as JSON, NDJSON
/// or XML), or Parameters (JSON) with
///
///     chart     resource, repeats: Bundles or resources of the chart
///     subject   valueReference: the patient who is meant
///     answers   resource: QuestionnaireResponse with what the patient says now
///     asOf      valueDate: the day to judge the chart on
///     onset     valueDate: when the complaint began
///     template  valueCode: clinician, compact or patient
///     language  valueCode: of the template
///     notSeen   valueString, repeats: what the caller could not read
///
/// `ask` holds what goes without saying, its day first of all; what the body says goes before it.
/// Its inputs are views into the body.
///
/// Errors: malformed    the Parameters are no sound JSON, or a value is not what it should be
///         unsupported  a parameter that is not known here, or Parameters as XML
///         missing      Parameters without a chart
Result<Ask> read_ask(std::string_view body, Ask ask);
}  // namespace legwork::plugin
