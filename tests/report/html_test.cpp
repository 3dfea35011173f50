#include "report/html.hpp"

#include "report/layout_look.hpp"
#include "tests/report/document_texts.hpp"
#include "tests/report/layout_fixture.hpp"
#include "tests/report/sample_assessment.hpp"

#include <catch2/catch.hpp>
#include <pugixml.hpp>

#include <functional>
#include <set>

using namespace legwork;
using namespace legwork::report;

namespace {
Document document_of(const causes::Assessment& assessment) {
  return make_document(assessment, clinician_template());
}

/// The page as a tree. Being well-formed is what each test rests on.
struct Tree {
  explicit Tree(const std::string& html) {
    const auto parsed = file.load_string(html.c_str(), pugi::parse_default | pugi::parse_ws_pcdata);
    INFO(parsed.description() << " at " << parsed.offset);
    REQUIRE(parsed);
  }
  explicit Tree(const causes::Assessment& assessment) : Tree(to_html(document_of(assessment))) {}

  std::vector<pugi::xml_node> all(const char* path) const {
    std::vector<pugi::xml_node> nodes;
    for (const auto& found : file.select_nodes(path)) nodes.push_back(found.node());
    return nodes;
  }
  std::vector<std::string> values(const char* path) const {
    std::vector<std::string> found;
    for (const auto& one : file.select_nodes(path)) found.emplace_back(one.attribute().value());
    return found;
  }

  pugi::xml_document file;
};

/// What stands in an element, without white space.
std::string words_in(const pugi::xml_node& node) {
  std::string words;
  for (const auto& found : node.select_nodes(".//text()[not(ancestor::style)]"))
    words += found.node().value();
  return unspaced(words);
}

/// With a template that holds every element that a hospital can add.
Document extended_document(const causes::Assessment& assessment) {
  return make_document(assessment, *read_template(extended_xml(), "extended.xml"));
}

causes::Assessment any_assessment() {
  const auto make = GENERATE(values<std::function<causes::Assessment()>>(
      {empty_assessment, typical_assessment, alarming_assessment, crowded_assessment,
       [] { return wordy_assessment(120); }}));
  return make();
}
}  // namespace

TEST_CASE("The page says all that the document says, and cuts no list", "[html]") {
  const auto make = GENERATE(values({document_of, extended_document}));
  const auto document = make(any_assessment());
  const Tree tree(to_html(document));
  const auto said = words_in(tree.file);
  for (const auto& text : texts_of(document)) {
    CAPTURE(text);
    CHECK(said.find(unspaced(text)) != said.npos);
  }
}

TEST_CASE("No id stands twice, and what refers to one arrives", "[html]") {
  const auto make = GENERATE(values({document_of, extended_document}));
  const Tree tree(to_html(make(any_assessment())));
  const auto ids = tree.values("//@id");
  const std::set<std::string> known(ids.begin(), ids.end());
  CHECK(known.size() == ids.size());
  for (const auto& link : tree.values("//@href")) {
    CAPTURE(link);
    REQUIRE(link.starts_with('#'));
    CHECK(known.contains(link.substr(1)));
  }
  for (const auto& heading : tree.values("//@aria-labelledby")) CHECK(known.contains(heading));
}

TEST_CASE("One heading names the page, and each section has its own below it", "[html]") {
  const Tree tree(to_html(extended_document(any_assessment())));
  CHECK(tree.all("//h1").size() == 1);
  CHECK(tree.all("//h3 | //h4 | //h5 | //h6").empty());
  CHECK(tree.all("//section[not(div/h2)]").empty());
  CHECK(tree.all("//h2[not(ancestor::section)]").empty());
}

TEST_CASE("Red flags stand right after the patient", "[html]") {
  const auto first_heading = [](const causes::Assessment& assessment) {
    const Tree tree(assessment);
    return words_in(tree.all("//h2").front());
  };
  CHECK(first_heading(typical_assessment()) == "Redflags:checktoday");
  CHECK(first_heading(alarming_assessment()) == "Redflagonrecord:actnow");
}

TEST_CASE("A name that is markup is shown as text, wherever it stands", "[html]") {
  const std::string script = "</style><script>alert('1')</script>\"&<b>";
  const Tree tree(named(typical_assessment(), script, "A"));
  CHECK(tree.all("//script | //b").empty());
  CHECK(tree.all("//style").size() == 1);
  CHECK(words_in(tree.all("//footer").front()).find("ALERT('1')</SCRIPT>\"&<B>,A") !=
        std::string::npos);
}

TEST_CASE("What no markup can hold is replaced", "[html]") {
  const auto html = to_html(document_of(named(typical_assessment(), "A\x01\xFF\xEF\xBF\xBE", "B")));
  const Tree tree(html);
  CHECK(html.find_first_of("\x01\xFF") == html.npos);
  CHECK(html.find("\xEF\xBF\xBE") == html.npos);
}

TEST_CASE("The page asks for nothing from outside and runs nothing", "[html]") {
  const auto html = to_html(document_of(typical_assessment()));
  const Tree tree(html);
  CHECK(tree.all("//script | //link | //img | //iframe | //object | //form | //base").empty());
  CHECK(tree.values("//@src | //@action | //@onclick | //@onload").empty());
  CHECK(html.find("url(") == html.npos);
  CHECK(html.find("@import") == html.npos);
  const auto policy = tree.values("//meta[@http-equiv='Content-Security-Policy']/@content");
  REQUIRE(policy.size() == 1);
  CHECK(policy.front().starts_with("default-src 'none';"));
  CHECK(policy.front().find("script") == policy.front().npos);
}

TEST_CASE("A figure has its sentence as a name; other drawings are hidden", "[html]") {
  const Tree tree(typical_assessment());
  CHECK(tree.all("//svg[@role='img']").size() >= 9);
  CHECK(tree.all("//svg[@role='img'][not(title[string-length() > 10])]").empty());
  CHECK(tree.all("//svg[not(@role) and not(@aria-hidden) and not(ancestor::svg)]").empty());
}

TEST_CASE("A table has a caption, and says what heads its columns and rows", "[html]") {
  const Tree tree(to_html(extended_document(any_assessment())));
  CHECK(tree.all("//table[not(caption[string-length() > 3])]").empty());
  CHECK(tree.all("//thead//th[not(@scope='col')]").empty());
  CHECK(tree.all("//tbody/tr[not(@class='note')][not(th[@scope='row'])]").empty());
  CHECK(tree.all("//td[not(@role='cell')]").empty());
}

TEST_CASE("A box to tick is a real one with its words as a label", "[html]") {
  const Tree tree(typical_assessment());
  const auto boxes = tree.all("//input[@type='checkbox']");
  CHECK(boxes.size() == typical_assessment().questions.size() + 3);
  for (const auto& box : boxes) CHECK(words_in(box.parent()).size() > 10);
  CHECK(tree.all("//input[not(parent::label)]").empty());
}

TEST_CASE("The language and its direction are those of the template", "[html]") {
  auto document = document_of(typical_assessment());
  const auto said = [&](const char* path) { return Tree(to_html(document)).values(path).front(); };
  CHECK(said("/html/@lang") == "en");
  CHECK(said("/html/@dir") == "ltr");
  document.language = "ar-EG";
  CHECK(said("/html/@dir") == "rtl");
}

TEST_CASE("Each printed sheet says whose it is and which one it is", "[html]") {
  const auto html = to_html(document_of(typical_assessment()));
  CHECK(html.find(R"(@bottom-left { content: "ELLISON\2C \20 Margaret)") != html.npos);
  CHECK(html.find(R"("Page\20 " counter(page) "\20 of\20 " counter(pages) "")") != html.npos);
}

TEST_CASE("All words of the page stand out from what is behind them", "[html]") {
  const Palette color = Look(document_of(typical_assessment())).color;
  constexpr double enough = 4.5;  // WCAG 2.2, 1.4.3
  for (const auto& ink : {color.ink, color.ink_soft, color.ink_faint, color.brand, color.signal})
    CHECK(contrast(ink, color.white) >= enough);
  for (const auto& ink : {color.ink, color.ink_soft}) CHECK(contrast(ink, color.panel) >= enough);
  for (const auto& ink : {color.ink, color.ink_soft, color.signal})
    CHECK(contrast(ink, color.signal_tint) >= enough);
  for (const auto& ink : {color.ink, color.brand}) CHECK(contrast(ink, color.tint) >= enough);
}
