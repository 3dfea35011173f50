#include "causes/wording.hpp"
#include "publish/review_parts.hpp"

#include <fmt/format.h>

namespace legwork::publish {
namespace {
using namespace causes;

Line concepts_named(const std::vector<ConceptId>& ids, const Pack& pack) {
  std::vector<Line> lines;
  for (const ConceptId id : ids) lines.push_back(concept_line(id, pack));
  return listed(lines);
}

Block identity(const Pack& pack) {
  Block block;
  const Provenance& from = pack.provenance;
  block.facts = {{"Pack", {code(from.pack_id), plain(" " + from.pack_version)}}};
  if (!pack.released.empty()) block.facts.push_back({"Released", {plain(pack.released)}});
  block.facts.push_back({"Article", {plain(from.article)}});
  if (!pack.questionnaire.empty()) {
    block.facts.push_back({"Questionnaire", {code(pack.questionnaire)}});
  }
  block.facts.push_back(
      {"Holds",
       {plain(fmt::format("{} causes, {} red flags, {} tests, {} questions, {} claims from "
                          "{} sources beside the article, {} concepts",
                          pack.causes.size(), pack.red_flags.size(), pack.tests.size(),
                          pack.questions.size(), pack.claims.size(), pack.sources.size(),
                          pack.concepts.size()))}});
  return block;
}

Block use(const Pack& pack) {
  Block block;
  block.heading = "What it is for";
  const auto add = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) block.facts.push_back({std::string(name), {plain(text)}});
  };
  add("Intended use", pack.intended_use);
  add("Out of scope", pack.out_of_scope);
  add("Disclaimer", pack.provenance.disclaimer);
  return block;
}

Block attributes(const Pack& pack) {
  Block block;
  if (pack.provenance.attributes.empty()) return block;
  Table table;
  table.caption = "Source attributes of the decision support";
  table.columns = {"Attribute", "What holds for this pack"};
  for (const auto& [name, says] : pack.provenance.attributes) {
    table.rows.push_back({{}, {{strong(name)}, {plain(says)}}});
  }
  block.table = std::move(table);
  return block;
}

/// The periods that every rule rests on.
Block settings(const Pack& pack) {
  Block block;
  block.heading = "What holds for all rules";
  const auto period = [&](Period value) -> Line { return {plain(in_words(value, pack.phrases))}; };
  block.facts = {
      {"Adult from", {plain(fmt::format("{} years", pack.adult_from))}},
      {"Complaint recorded by", concepts_named(pack.complaint.concepts, pack)},
      {"Onset from", concepts_named(pack.complaint.onset_concepts, pack)},
      {"An answer counts for", period(pack.answers_valid)},
      {"A visit's reason or an observed sign is current for", period(pack.findings_valid)},
      {"A result is shown as old after", period(pack.results_stale)},
      {"A dispense without days of supply counts for", period(pack.medication_cover)},
      {"A pause that makes the next entry a new start", period(pack.restart_gap)}};
  std::vector<Line> asked;
  for (const Index question : pack.complaint.questions) {
    asked.push_back(question_or_test(pack.questions[question].id, pack));
  }
  if (!asked.empty()) {
    block.facts.insert(block.facts.begin() + 2, {"or by a yes to", listed(asked)});
  }
  return block;
}
}  // namespace

Section about(const Pack& pack) {
  Section section{"article", "About this pack", {}, {}};
  section.intro = {identity(pack), use(pack), settings(pack), attributes(pack)};
  return section;
}

Section banners(const Pack& pack) {
  Section section{"banners", "Banners", {}, {}};
  for (const Banner& banner : pack.banners) {
    Block block;
    block.tree = {tree_of(banner.when, pack)};
    section.entries.push_back({anchor("banner", banner.id), banner.text, banner.id, {block}});
  }
  return section;
}
}  // namespace legwork::publish
