#include "publish/fhir_names.hpp"
#include "publish/fhir_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace legwork::publish {
namespace {
using causes::Cause;
using causes::Criterion;
using causes::Pack;
using causes::RedFlag;
using causes::Rule;
using causes::Test;

constexpr std::string_view type = "PlanDefinition";

constexpr const char* how_to_read =
    "For people: the condition of an action is a rule in words, its description; its expression is "
    "null, since no machine is meant to run it. A rule is a question to the record, answered yes, "
    "no or unknown: silence in a record is unknown, never no. A cause is supported where a rule "
    "that supports it says yes; else unlikely where one that makes it unlikely does; else possible "
    "where one that makes it possible does; else unlikely where the rule that decides it says no; "
    "else undetermined. A rule that caps it makes supported possible. The work-up under a cause or "
    "a red flag is for when it is not settled.";

/// The rule for people, in the description. To a machine it is CQL's null, which is unknown: a
/// program that runs the plan finds no condition met, rather than all of them.
Json condition(const Pack& pack, const Criterion& criterion) {
  return Json::Array{
      Json::Object{{"kind", "applicability"},
                   {"expression", Json::Object{{"description", sentence(criterion, pack)},
                                               {"language", "text/cql"},
                                               {"expression", "null"}}}}};
}

/// One action a rule; `effect` says what a yes does.
void add_rules(const Pack& pack, const std::string& owner, const char* effect,
               const std::vector<Rule>& rules, Json::Array& actions) {
  for (const Rule& rule : rules) {
    actions.push_back(Json::Object{{"id", owner + '.' + rule.id},
                                   {"title", effect},
                                   {"documentation", Json::Array{citation(pack, rule.claim)}},
                                   {"condition", condition(pack, rule.criterion)},
                                   {"input", inputs(rule.criterion, pack)}});
  }
}

/// What carries out a test: one activity stands in the action itself, several are actions in it.
void add_activities(const Pack& pack, const Test& test, Json::Object& action) {
  const auto found = activities_of(pack, test);
  if (found.size() == 1) {
    action.push_back({"definitionCanonical", found.front().canonical});
    return;
  }
  Json::Array parts;
  for (const auto& [title, canonical] : found) {
    parts.push_back(Json::Object{{"title", title}, {"definitionCanonical", canonical}});
  }
  action.push_back({"action", parts});
}

/// The tests that would tell where rules say unknown, in the order of the pack.
class Wanted {
 public:
  explicit Wanted(const Pack& pack) : pack_(pack) {}

  void add(const std::vector<std::string>& ids) { ids_.insert(ids_.end(), ids.begin(), ids.end()); }
  void add(const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) add(rule.criterion);
  }
  void add(const Criterion& criterion) {
    add(criterion.asks);
    std::visit(
        [&](const auto& node) {
          using Node = std::decay_t<decltype(node)>;
          if constexpr (requires { node.of; }) {
            for (const Criterion& part : node.of) add(part);
          } else if constexpr (std::is_same_v<Node, causes::Use>) {
            add(pack_.criteria[node.criterion].criterion);
          } else if constexpr (std::is_same_v<Node, causes::ScoreQuery>) {
            for (const auto& item : pack_.scores[node.score].items) add(item.criterion);
          }
        },
        criterion.node);
  }

  Json::Array actions(const std::string& owner) const {
    Json::Array made;
    for (const Test& test : pack_.tests) {
      if (std::ranges::find(ids_, test.id) == ids_.end()) continue;
      Json::Object action{{"id", owner + ".test." + test.id}, {"title", test.label}};
      add_activities(pack_, test, action);
      made.push_back(std::move(action));
    }
    return made;
  }

 private:
  const Pack& pack_;
  std::vector<std::string> ids_;  // of questions too
};

Json workup_of(const std::string& owner, const Wanted& wanted) {
  if (wanted.actions(owner).empty()) return "";
  return Json::Object{{"id", owner + ".work-up"},
                      {"title", "Work-up that would settle it"},
                      {"action", wanted.actions(owner)}};
}

Json red_flag(const Pack& pack, const RedFlag& flag) {
  const std::string id = "red-flag." + flag.id;
  Json::Array actions;
  add_rules(pack, id, "Yes makes it present", flag.present, actions);
  add_rules(pack, id, "Yes makes it possible", flag.possible, actions);
  add_rules(pack, id, "Yes makes it absent", flag.absent, actions);
  Wanted wanted(pack);
  for (const auto* rules : {&flag.present, &flag.possible, &flag.absent}) wanted.add(*rules);
  actions.push_back(workup_of(id, wanted));
  return Json::Object{{"id", id},
                      {"title", flag.label},
                      {"description", flag.action},
                      {"documentation", citations(pack, flag.claims)},
                      {"action", actions}};
}

Json cause(const Pack& pack, const Cause& of) {
  const std::string id = "cause." + of.id;
  Json::Array actions;
  Wanted wanted(pack);
  wanted.add(of.tests);
  const auto add = [&](const char* effect, const std::vector<Rule>& rules) {
    add_rules(pack, id, effect, rules, actions);
    wanted.add(rules);
  };
  add("Yes supports it", of.strong);
  add("Yes makes it unlikely", of.rules_out);
  add("Yes makes it possible", of.weak);
  add("Yes speaks against it", of.against);
  add("Yes caps it at possible", of.caps);
  if (of.decides) {
    actions.push_back(Json::Object{{"id", id + ".decides"},
                                   {"title", "Decides it: no makes it unlikely"},
                                   {"condition", condition(pack, *of.decides)},
                                   {"input", inputs(*of.decides, pack)}});
    wanted.add(*of.decides);
  }
  actions.push_back(workup_of(id, wanted));
  return Json::Object{{"id", id},
                      {"title", of.label},
                      {"description", of.would_change},
                      {"documentation", citations(pack, of.claims)},
                      {"action", actions}};
}

Json score(const Pack& pack, const causes::ScoreRule& of) {
  Json::Array items;
  for (const auto& item : of.items) {
    items.push_back(Json::Object{{"id", "score." + of.id + '.' + item.id},
                                 {"prefix", fmt::format("{:+}", item.points)},
                                 {"title", item.label},
                                 {"condition", condition(pack, item.criterion)},
                                 {"input", inputs(item.criterion, pack)}});
  }
  return Json::Object{{"id", "score." + of.id},
                      {"title", of.label},
                      {"documentation", Json::Array{citation(pack, of.claim)}},
                      {"action", items}};
}

/// When a test is due whatever the causes: always, or where a rule makes it urgent.
Json test(const Pack& pack, const Test& of) {
  const std::string id = "test." + of.id;
  Json::Array actions;
  for (const Test::Urgent& urgent : of.urgent) {
    Json::Object action{{"id", id + '.' + urgent.rule.id},
                        {"title", urgent.reason},
                        {"priority", priority(urgent.urgency)},
                        {"documentation", Json::Array{citation(pack, urgent.rule.claim)}},
                        {"condition", condition(pack, urgent.rule.criterion)},
                        {"input", inputs(urgent.rule.criterion, pack)}};
    add_activities(pack, of, action);
    actions.push_back(std::move(action));
  }
  if (of.baseline) {
    Json::Object action{{"id", id + ".baseline"},
                        {"title", "Part of every work-up"},
                        {"priority", priority(of.urgency)},
                        {"documentation", Json::Array{citation(pack, of.claim)}}};
    add_activities(pack, of, action);
    actions.push_back(std::move(action));
  }
  if (actions.empty()) return "";
  return Json::Object{{"id", id},
                      {"title", of.label},
                      {"description", "The first whose condition says yes."},
                      {"action", actions}};
}

Json banner(const Pack& pack, const causes::Banner& of) {
  return Json::Object{{"id", "banner." + of.id},
                      {"title", of.text},
                      {"condition", condition(pack, of.when)},
                      {"input", inputs(of.when, pack)}};
}

template <class Items, class Make>
Json group(const Pack& pack, const char* id, const char* title, const Items& items, Make make) {
  Json::Array actions;
  for (const auto& item : items) actions.push_back(make(pack, item));
  const Json made = actions;
  if (made.empty()) return "";
  return Json::Object{{"id", id}, {"title", title}, {"action", made}};
}
}  // namespace

Resource plan(const Pack& pack) {
  const std::string id = fhir_id(pack.provenance.pack_id);
  const Json questions = Json::Object{{"id", "questions"},
                                      {"title", "What only the patient or an examination can tell"},
                                      {"definitionCanonical", questionnaire_canonical(pack)}};
  const Json article = Json::Object{
      {"type", "citation"}, {"label", "article"}, {"citation", pack.provenance.article}};

  auto body = definition(pack, type, id, pack.provenance.pack_title,
                         {pack.provenance.disclaimer, how_to_read});
  body.push_back(
      {"type",
       Json::Object{
           {"coding", Json::Array{Json::Object{
                          {"system", "http://terminology.hl7.org/CodeSystem/plan-definition-type"},
                          {"code", "clinical-protocol"}}}}}});
  body.push_back({"description", pack.provenance.disclaimer});
  body.push_back({"purpose", pack.intended_use});
  body.push_back({"usage", how_to_read});
  body.push_back({"relatedArtifact", Json::Array{article}});
  body.push_back(
      {"action",
       Json::Array{group(pack, "banners", "For whom this is not meant", pack.banners, banner),
                   questions,
                   group(pack, "red-flags", "What must not wait", pack.red_flags, red_flag),
                   group(pack, "causes", "Causes", pack.causes, cause),
                   group(pack, "scores", "Scores: the points of what is true", pack.scores, score),
                   group(pack, "work-up", "Work-up, whatever the cause", pack.tests, test)}});
  return {std::string(type), id, url_of(pack, type, id), body};
}
}  // namespace legwork::publish
