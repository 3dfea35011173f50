#include "publish/fhir_export.hpp"

#include "tests/publish/exported.hpp"

#include <catch2/catch.hpp>
#include <regex>
#include <set>

using namespace legwork;
using namespace legwork::tests;
using publish::FhirExport;
using publish::Json;
using publish::Resource;

TEST_CASE("Every cause, red flag, score, banner and rule of the pack is an action", "[publish]") {
  const auto& pack = heavy_legs();
  const auto actions = actions_by_id(only(exported(pack), "PlanDefinition").body);
  const auto named = [&](const std::string& id, const std::string& title) {
    CAPTURE(id);
    REQUIRE(actions.contains(id));
    CHECK(text_of(actions.at(id), "title") == title);
  };
  const auto with_rules = [&](const std::string& id, const std::vector<causes::Rule>& rules) {
    for (const auto& rule : rules) {
      CAPTURE(id, rule.id);
      REQUIRE(actions.contains(id + '.' + rule.id));
      const Json& action = actions.at(id + '.' + rule.id);
      const std::string text = publish::to_text(action);
      CHECK(text.find("\"label\": \"" + rule.claim + '"') != std::string::npos);
      CHECK(text.find("\"expression\": \"null\"") != std::string::npos);
    }
  };
  for (const auto& cause : pack.causes) {
    const std::string id = "cause." + cause.id;
    named(id, cause.label);
    CHECK(actions.contains(id + ".decides") == cause.decides.has_value());
    for (const auto* rules :
         {&cause.strong, &cause.weak, &cause.against, &cause.caps, &cause.rules_out}) {
      with_rules(id, *rules);
    }
    for (const auto& test : cause.tests) CHECK(actions.contains(id + ".test." + test));
  }
  for (const auto& flag : pack.red_flags) {
    const std::string id = "red-flag." + flag.id;
    named(id, flag.label);
    for (const auto* rules : {&flag.present, &flag.possible, &flag.absent}) with_rules(id, *rules);
  }
  for (const auto& score : pack.scores) {
    named("score." + score.id, score.label);
    for (const auto& item : score.items) named("score." + score.id + '.' + item.id, item.label);
  }
  for (const auto& banner : pack.banners) named("banner." + banner.id, banner.text);
  for (const auto& test : pack.tests) {
    for (const auto& urgent : test.urgent)
      CHECK(actions.contains("test." + test.id + '.' + urgent.rule.id));
    CHECK(actions.contains("test." + test.id + ".baseline") == test.baseline);
  }
}

TEST_CASE("A cause's work-up holds the tests that would tell where its rules say unknown",
          "[publish]") {
  const auto actions = actions_by_id(only(exported(cough()), "PlanDefinition").body);
  CHECK(actions.contains("cause.asthma-cough.test.blood-count"));  // measures its eosinophils
  CHECK(actions.contains("cause.drug-cough.test.review"));         // named by <decides>
  CHECK_FALSE(actions.contains("cause.drug-cough.test.blood-count"));
  CHECK_FALSE(actions.contains("cause.both.work-up"));
}

TEST_CASE("Each test is ordered by the pack's own codes and by no others", "[publish]") {
  const auto& pack = heavy_legs();
  const auto made = exported(pack);
  std::size_t count = 0;
  for (const auto& test : pack.tests) {
    CAPTURE(test.id);
    std::vector<std::string> ids{"heavy-legs-" + test.id};
    if (test.orders.size() > 1) {
      ids.clear();
      for (const auto& code : test.orders) ids.push_back("heavy-legs-" + test.id + '.' + code.code);
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const Json& body = find(made, "ActivityDefinition", ids[i]).body;
      CHECK(text_of(body, "kind") == "ServiceRequest");
      CHECK(text_of(body, "description") == test.reason);
      const Json* code = body.find("code");
      REQUIRE(code != nullptr);
      const auto codings = code->find("coding")->values();
      REQUIRE(codings.size() == (test.orders.empty() ? 0 : 1));
      if (test.orders.empty()) continue;
      CHECK(text_of(codings.front(), "system") == test.orders[i].system);
      CHECK(text_of(codings.front(), "code") == test.orders[i].code);
    }
    count += ids.size();
  }
  CHECK(all(made, "ActivityDefinition").size() == count);
}

TEST_CASE("The questionnaire has the pack's canonical, and its questions in their order",
          "[publish]") {
  const auto& pack = heavy_legs();
  const Json body = only(exported(pack), "Questionnaire").body;
  CHECK(text_of(body, "url") == "https://legwork.example.org/fhir/Questionnaire/heavy-legs");
  const auto& items = body.find("item")->values();
  REQUIRE(items.size() == pack.questions.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    CHECK(text_of(items[i], "linkId") == pack.questions[i].id);
    CHECK(text_of(items[i], "text") == pack.questions[i].ask);
    CHECK(text_of(items[i], "type") == pack.questions[i].type);
  }
}

TEST_CASE("The library lists everything else, the sources, and the source attributes",
          "[publish]") {
  const auto& pack = heavy_legs();
  const auto made = exported(pack);
  const Json& body = made.r4.front().body;
  REQUIRE(made.r4.front().type == "Library");
  std::set<std::string> resources, labels;
  for (const Json& artifact : body.find("relatedArtifact")->values()) {
    if (text_of(artifact, "type") == "depends-on") resources.insert(text_of(artifact, "resource"));
    labels.insert(text_of(artifact, "label"));
  }
  CHECK(resources.size() == made.r4.size() - 1);
  for (std::size_t i = 1; i < made.r4.size(); ++i) {
    CHECK(resources.contains(made.r4[i].url + "|" + pack.provenance.pack_version));
  }
  CHECK(pack.provenance.attributes.size() == 13);
  for (const auto& [name, text] : pack.provenance.attributes) CHECK(labels.contains(name));
  for (const auto& source : pack.sources) CHECK(labels.contains(source.id));
  CHECK(text_of(body, "purpose") == pack.intended_use);
  CHECK(text_of(body, "description") == pack.provenance.disclaimer);
}

TEST_CASE("A drug that is a cause has an undesirable effect, and nothing else has", "[publish]") {
  const auto effects = exported(cough()).r5;
  REQUIRE(effects.size() == 1);
  const std::string text = publish::to_text(effects.front().body);
  CHECK(effects.front().id == "cough-drug-cough");
  CHECK(text_of(effects.front().body, "type") == "undesirable-effect");
  CHECK(text.find("\"text\": \"ACE inhibitor\"") != std::string::npos);
  CHECK(text.find("\"code\": \"49727002\"") != std::string::npos);  // the pack's code of a cough
  CHECK(text.find("ACE inhibitors make some people cough. (article)") != std::string::npos);

  std::set<std::string> drugs;
  for (const Resource& effect : exported(heavy_legs()).r5) drugs.insert(effect.id);
  for (const auto* id : {"calcium-channel-blocker", "nsaid", "corticosteroid", "statin", "diuretic",
                         "mineral-lowering-drug"}) {
    CHECK(drugs.contains(std::string("heavy-legs-") + id));
  }
  CHECK_FALSE(drugs.contains("heavy-legs-low-iron"));
}

TEST_CASE("The same pack gives the same bytes, whose date is the pack's", "[publish]") {
  const auto bytes = [](const causes::Pack& pack) {
    const FhirExport made = publish::export_fhir(pack);
    return publish::to_text(publish::bundle(made.r4)) + publish::to_text(publish::bundle(made.r5));
  };
  CHECK(bytes(heavy_legs()) == bytes(read(pack_files("packs/heavy-legs"))));
  CHECK(text_of(exported(heavy_legs()).r4.front().body, "date") == heavy_legs().released);
  CHECK(exported(cough()).r4.front().body.find("date")->empty());  // it does not say
}

TEST_CASE("Ids are FHIR's, and no two resources have the same", "[publish]") {
  const std::regex allowed("[A-Za-z0-9.-]{1,64}");
  auto files = without_patient_words(pack_files("tests/packs/cough"));
  const std::string longer(70, 'x');
  replace(files, "tests.xml", "id=\"x-ray\"", "id=\"" + longer + "a_1\"");
  replace(files, "tests.xml", "</tests>",
          "<test id=\"" + longer +
              "b\" label=\"B\" kind=\"review\" baseline=\"yes\" "
              "claim=\"ace-cough\"><reason>So.</reason></test></tests>");
  const auto pack = read(files);
  for (const auto* of : {&pack, &heavy_legs()}) {
    const auto made = exported(*of);
    std::set<std::string> known;
    for (const auto* list : {&made.r4, &made.r5}) {
      for (const Resource& resource : *list) {
        CAPTURE(resource.type, resource.id);
        CHECK(std::regex_match(resource.id, allowed));
        CHECK(known.insert(resource.type + '/' + resource.id).second);
        CHECK(text_of(resource.body, "id") == resource.id);
        CHECK(text_of(resource.body, "resourceType") == resource.type);
        CHECK(resource.url.ends_with(resource.type + '/' + resource.id));
      }
    }
  }
}

TEST_CASE("Every canonical of the pack's own leads to a resource of the export", "[publish]") {
  for (const auto* pack : {&cough(), &heavy_legs()}) {
    const auto made = exported(*pack);
    std::set<std::string> known;
    for (const Resource& resource : made.r4) {
      known.insert(resource.url + '|' + pack->provenance.pack_version);
    }
    std::size_t seen = 0;
    for (const auto* list : {&made.r4, &made.r5}) {
      for (const Resource& resource : *list) {
        for (const std::string& canonical : canonicals_in(resource.body)) {
          CAPTURE(resource.type, resource.id, canonical);
          CHECK(known.contains(canonical));
          ++seen;
        }
      }
    }
    CHECK(seen > made.r4.size());
  }
}

TEST_CASE("The narrative of a resource is well-formed whatever the pack says", "[publish]") {
  auto files = pack_files("tests/packs/cough");
  replace(files, "pack.xml", "For tests.", "Below 5 &lt; 6 &amp; more.");
  const Json body = exported(read(files)).r4.front().body;
  CHECK(text_of(*body.find("text"), "div").find("<p>Below 5 &lt; 6 &amp; more.</p>") !=
        std::string::npos);
}
