#include "causes/rules.hpp"
#include "publish/review_parts.hpp"

#include <algorithm>
#include <map>

// Where the knowledge comes from: claims, with what rests on each, and sources.

namespace legwork::publish {
namespace {
using namespace causes;

/// Which parts of the pack name a claim, in the order of the review.
class Uses {
 public:
  explicit Uses(const Pack& pack) {
    for (const RedFlag& flag : pack.red_flags) add(flag, "red-flag");
    for (const Cause& cause : pack.causes) add(cause, "cause");
    for (const Test& test : pack.tests) {
      const Run here = link(test.label, anchor("test", test.id));
      add(test.claim, here);
      for (const Test::Urgent& urgent : test.urgent) add(urgent.rule.claim, here);
      for (const Test::Caution& caution : test.cautions) add(caution.claim, here);
    }
    for (const ScoreRule& score : pack.scores) {
      add(score.claim, link(score.label, anchor("score", score.id)));
    }
  }

  Line of(const std::string& claim) const {
    const auto found = by_claim_.find(claim);
    if (found == by_claim_.end()) return {quiet("nothing")};
    std::vector<Line> lines;
    for (const Run& run : found->second) lines.push_back({run});
    return listed(lines);
  }

 private:
  template <class Finding>
  void add(const Finding& finding, std::string_view kind) {
    const Run here = link(finding.label, anchor(kind, finding.id));
    for (const auto& claim : finding.claims) add(claim, here);
    for (const PlacedRule& rule : rules_of(finding)) add(std::string(rule.claim), here);
  }

  void add(const std::string& claim, const Run& here) {
    auto& runs = by_claim_[claim];
    const bool there = std::any_of(runs.begin(), runs.end(),
                                   [&](const Run& run) { return run.target == here.target; });
    if (!there) runs.push_back(here);
  }

  std::map<std::string, std::vector<Run>> by_claim_;
};

/// How far a source was read, for who reviews what rests on it.
std::string_view reading(std::string_view verified) {
  if (verified == "full") return "read in full";
  if (verified == "abstract") return "read in abstract";
  if (verified == "secondary") return "read where another quotes it";
  if (verified == "memory") return "from memory, not read: check before use in care";
  return verified;
}
}  // namespace

Section claims(const Pack& pack) {
  Section section{"claims", "Claims", {}, {}};
  const Uses uses(pack);
  Table table;
  table.caption = "Every statement that the pack rests on, in its own words";
  table.columns = {"Claim", "Id", "From", "How far verified", "Rests on it"};
  for (const Claim& claim : pack.claims) {
    const Line verified = {
        plain(claim.source ? reading(pack.sources[*claim.source].verified) : "the pack's article")};
    table.rows.push_back({anchor("claim", claim.id),
                          {{plain(claim.text)},
                           {code(claim.id)},
                           {source_run(claim, pack)},
                           verified,
                           uses.of(claim.id)}});
  }
  if (table.rows.empty()) return section;
  section.intro.emplace_back().table = std::move(table);
  return section;
}

Section sources(const Pack& pack) {
  Section section{"sources", "Sources", {}, {}};
  Table table;
  table.caption = "What was added to the article comes from these";
  table.columns = {"Source", "Id", "Title", "How far verified", "Address"};
  for (const Source& source : pack.sources) {
    Line address;
    if (!source.url.empty()) address = {Run{source.url, Run::Look::plain, source.url}};
    table.rows.push_back({anchor("source", source.id),
                          {{strong(source.short_name)},
                           {code(source.id)},
                           {plain(source.title)},
                           {plain(reading(source.verified))},
                           address}});
  }
  if (table.rows.empty()) return section;
  section.intro.emplace_back().table = std::move(table);
  return section;
}
}  // namespace legwork::publish
