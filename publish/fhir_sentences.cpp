#include "causes/wording.hpp"
#include "publish/fhir_parts.hpp"

#include <type_traits>

namespace legwork::publish {
namespace {
using causes::Criterion;
using causes::Pack;

std::string in_brackets(const std::vector<Criterion>& parts, const Pack& pack) {
  std::string out;
  for (const Criterion& part : parts) {
    if (!out.empty()) out += "; ";
    out += sentence(part, pack);
  }
  return " (" + out + ')';
}
}  // namespace

std::string sentence(const Criterion& criterion, const Pack& pack) {
  std::string words = causes::in_words(criterion, pack);
  return std::visit(
      [&](const auto& node) {
        if constexpr (requires { node.of; }) {
          // "all of" one thing is that thing.
          using Node = std::decay_t<decltype(node)>;
          const bool plain = node.of.size() == 1 && !std::is_same_v<Node, causes::Not> &&
                             !std::is_same_v<Node, causes::Recorded>;
          return plain ? sentence(node.of.front(), pack) : words + in_brackets(node.of, pack);
        } else if constexpr (std::is_same_v<std::decay_t<decltype(node)>, causes::Use>) {
          return words + in_brackets({pack.criteria[node.criterion].criterion}, pack);
        } else {
          return words;
        }
      },
      criterion.node);
}
}  // namespace legwork::publish
