#include "publish/review_parts.hpp"

#include "causes/wording.hpp"

#include <algorithm>
#include <iterator>

namespace legwork::publish {
namespace {
using namespace causes;

/// Where the words of a leaf lead: to what it asks about.
std::string target_of(const Criterion& criterion, const Pack& pack) {
  return std::visit(
      [&](const auto& node) -> std::string {
        using Node = std::decay_t<decltype(node)>;
        if constexpr (std::is_same_v<Node, Use>) {
          return anchor("criterion", pack.criteria[node.criterion].id);
        } else if constexpr (std::is_same_v<Node, CauseQuery>) {
          return anchor("cause", pack.causes[node.cause].id);
        } else if constexpr (std::is_same_v<Node, RedFlagQuery>) {
          return anchor("red-flag", pack.red_flags[node.red_flag].id);
        } else if constexpr (std::is_same_v<Node, ScoreQuery>) {
          return anchor("score", pack.scores[node.score].id);
        } else if constexpr (requires { node.question; }) {
          return anchor("question", pack.questions[node.question].id);
        } else if constexpr (requires { node.id; }) {
          return anchor("concept", pack.concepts[node.id].id);
        } else {
          return {};
        }
      },
      criterion.node);
}

const std::vector<Criterion>* children_of(const Criterion& criterion) {
  return std::visit(
      [](const auto& node) -> const std::vector<Criterion>* {
        if constexpr (requires { node.of; }) {
          return &node.of;
        } else {
          return nullptr;
        }
      },
      criterion.node);
}
}  // namespace

Run plain(std::string_view text) { return {std::string(text), Run::Look::plain, {}}; }
Run strong(std::string_view text) { return {std::string(text), Run::Look::strong, {}}; }
Run quiet(std::string_view text) { return {std::string(text), Run::Look::quiet, {}}; }
Run code(std::string_view text) { return {std::string(text), Run::Look::code, {}}; }
Run link(std::string_view text, std::string_view anchor) {
  return {std::string(text), Run::Look::plain, "#" + std::string(anchor)};
}

Line listed(const std::vector<Line>& lines) {
  Line found;
  for (const Line& line : lines) {
    if (!found.empty()) found.push_back(plain(", "));
    std::copy(line.begin(), line.end(), std::back_inserter(found));
  }
  return found;
}

std::string anchor(std::string_view kind, std::string_view id) {
  return std::string(kind) + '-' + std::string(id);
}

Run source_run(const Claim& claim, const Pack& pack) {
  if (!claim.source) return link("the article", "article");
  const Source& source = pack.sources[*claim.source];
  return link(source.short_name, anchor("source", source.id));
}

Line claim_line(std::string_view id, const Pack& pack) {
  const Claim* const claim = pack.claim(id);
  if (claim == nullptr) return {code(id)};
  return {plain(claim->text + " ["), source_run(*claim, pack), plain(": "),
          link(claim->id, anchor("claim", claim->id)), plain("]")};
}

Line question_or_test(std::string_view id, const Pack& pack) {
  for (const Question& question : pack.questions) {
    if (question.id == id) return {link(question.label, anchor("question", id))};
  }
  for (const Test& test : pack.tests) {
    if (test.id == id) return {link(test.label, anchor("test", id))};
  }
  return {code(id)};
}

Line concept_line(ConceptId id, const Pack& pack) {
  const Concept& meant = pack.concepts[id];
  return {link(meant.label, anchor("concept", meant.id))};
}

Node tree_of(const Criterion& criterion, const Pack& pack) {
  Node node;
  const std::string words = in_words(criterion, pack);
  const std::string target = target_of(criterion, pack);
  const auto* const children = children_of(criterion);
  if (children != nullptr) {
    node.line = {strong(words)};
    for (const Criterion& child : *children) node.children.push_back(tree_of(child, pack));
  } else if (target.empty()) {
    node.line = {plain(words)};
  } else {
    node.line = {link(words, target)};
  }
  if (std::holds_alternative<Use>(criterion.node)) {
    node.line.push_back(quiet(" (shared criterion)"));
  }
  return node;
}

Review review_of(const Pack& pack) {
  Review review;
  review.title = pack.provenance.pack_title;
  review.sections = {about(pack),       red_flags(pack), causes_section(pack), tests(pack),
                     questions(pack),   scores(pack),    named_criteria(pack), banners(pack),
                     drug_orders(pack), claims(pack),    concepts(pack),       sources(pack)};
  auto told = patient_pages(pack);
  review.sections.insert(review.sections.end() - 3, std::make_move_iterator(told.begin()),
                         std::make_move_iterator(told.end()));
  std::erase_if(review.sections, [](const Section& section) {
    return section.entries.empty() && section.intro.empty();
  });
  return review;
}
}  // namespace legwork::publish
