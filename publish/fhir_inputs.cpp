#include "publish/fhir_parts.hpp"

#include <algorithm>
#include <type_traits>

namespace legwork::publish {
namespace {
using causes::Criterion;
using causes::Pack;

/// Gathers what the leaves of a criterion look for, each set of codes once.
class Search {
 public:
  explicit Search(const Pack& pack) : pack_(pack) {}

  void add(const Criterion& criterion) {
    std::visit([this](const auto& node) { look(node); }, criterion.node);
  }
  Json::Array found() const { return found_; }

 private:
  void look(const causes::Use& node) { add(pack_.criteria[node.criterion].criterion); }
  void look(const causes::MedicationQuery& query) {
    add("MedicationRequest", "medication", value_set_of(pack_, query.id, Codes::main));
    if (!query.local_counts) return;
    add("MedicationRequest", "medication", value_set_of(pack_, query.id, Codes::local));
  }
  void look(const causes::ChallengeQuery& query) {
    add("MedicationRequest", "medication", value_set_of(pack_, query.id, Codes::main));
    for (const auto effect : query.effects)
      add("Condition", "code", value_set_of(pack_, effect, Codes::main));
  }
  void look(const causes::ObservationQuery& query) {
    add("Observation", "code", value_set_of(pack_, query.id, Codes::main));
  }
  void look(const causes::ConditionQuery& query) {
    add("Condition", "code", value_set_of(pack_, query.id, Codes::main));
  }
  void look(const causes::ProcedureQuery& query) {
    add("Procedure", "code", value_set_of(pack_, query.id, Codes::main));
  }
  template <class Node>
  void look(const Node& node) {
    if constexpr (requires { node.of; }) {
      for (const Criterion& part : node.of) add(part);
    }
  }

  void add(const char* type, const char* path, const std::string& codes) {
    if (codes.empty() || std::ranges::find(seen_, codes) != seen_.end()) return;
    seen_.push_back(codes);
    const Json filter = Json::Object{{"path", path}, {"valueSet", codes}};
    found_.push_back(Json::Object{{"type", type}, {"codeFilter", Json::Array{filter}}});
  }

  const Pack& pack_;
  std::vector<std::string> seen_;
  Json::Array found_;
};
}  // namespace

Json::Array inputs(const Criterion& criterion, const Pack& pack) {
  Search search(pack);
  search.add(criterion);
  return search.found();
}
}  // namespace legwork::publish
