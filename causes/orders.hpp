#pragma once

#include "causes/assess.hpp"
#include "causes/truth.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::causes {
/// What the pack says to drugs that are about to be ordered: at most one finding a rule.
struct OrderFinding {
  struct Consider {
    std::string text;
    ClaimText claim;
  };
  std::string id, label;
  DrugOrder::Level level = DrugOrder::Level::info;  ///< info where the route is not told
  Truth systemic = Truth::yes;                      ///< unknown: by mouth or local is not told
  std::vector<std::string> drugs;                   ///< as the pack names them, with the dose
  std::vector<std::string> references;              ///< of the orders
  std::string why;
  ClaimText claim;
  std::vector<Consider> consider;
  std::vector<Evidence> evidence;  ///< why it is said for this patient
};

/// Holds drafts of orders against the pack's <orders>. The drafts are no part of the chart: what is
/// about to be ordered is not taken. Only a criterion that says yes is a reason to speak: what is
/// unknown of a patient interrupts nobody.
std::vector<OrderFinding> judge_orders(std::span<const fhir::Medication> drafts,
                                       const fhir::Chart& chart, const Pack& pack,
                                       const AssessOptions& options);

/// What an order asks for, as it was sent.
struct OrderedCode {
  std::string_view system, code;
};

/// Whether the order is one for the test: by a code of its <order>, by a code of what it measures,
/// or by a name of that.
bool orders_test(std::span<const OrderedCode> codes, std::string_view text, const Test& test,
                 const Pack& pack);
}  // namespace legwork::causes
