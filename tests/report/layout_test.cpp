#include "report/layout.hpp"

#include "report/layout_look.hpp"  // pt
#include "tests/report/layout_fixture.hpp"
#include "tests/report/sample_assessment.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace legwork;
using namespace legwork::report;

namespace {
struct Sample {
  std::string name;
  Pages pages;
};

/// Everything that strains a page, on both papers; laid out once.
const std::vector<Sample>& samples() {
  static const auto all = [] {
    const std::string long_name(200, 'W');
    std::vector<Sample> made;
    for (const auto paper : {Paper::a4, Paper::letter}) {
      const auto add = [&](std::string name, const causes::Assessment& assessment) {
        made.push_back(
            {name + (paper == Paper::a4 ? ", A4" : ", Letter"), pages_of(assessment, paper)});
      };
      add("typical", typical_assessment());
      const auto add_since = [&](std::string name, causes::Assessment now) {
        auto earlier = empty_assessment();
        earlier.patient = now.patient;
        earlier.as_of = now.as_of;
        const auto since = causes::since(earlier, now, "earlier.json").value();
        made.push_back(
            {name + (paper == Paper::a4 ? ", A4" : ", Letter"), pages_of(now, paper, &since)});
      };
      add_since("typical, with what changed", typical_assessment());
      add_since("far too much, all of it new", crowded_assessment());
      add_since("300 characters, all new", wordy_assessment(300));
      add_since("3000 characters, all new", wordy_assessment(3000));
      add("empty chart", empty_assessment());
      add("red flag on record", alarming_assessment());
      add("far too much", crowded_assessment());
      add("every text 300 characters", wordy_assessment(300));
      add("every text 3000 characters", wordy_assessment(3000));
      add("name without a space", named(typical_assessment(), long_name, long_name));
      add("name in Arabic", named(typical_assessment(), "الميلاد", "عبد الرحمن"));
      add("name in Devanagari", named(typical_assessment(), "श्रीवास्तव", "कृष्णमूर्ति"));
      add("no name", named(empty_assessment(), "", ""));
    }
    for (const auto& xml : {extended_xml(), compact_xml()}) {
      const std::string form = xml == compact_xml() ? "compact: " : "own sections: ";
      const auto add = [&](std::string name, const causes::Assessment& assessment) {
        made.push_back({form + std::move(name), pages_with(xml, assessment)});
      };
      add("typical", typical_assessment());
      add("empty chart", empty_assessment());
      add("red flag on record", alarming_assessment());
      add("far too much", crowded_assessment());
      add("every text 3000 characters", wordy_assessment(3000));
    }
    return made;
  }();
  return all;
}

struct SeenText {
  std::string words;
  Box box;
};

std::vector<SeenText> texts(const Page& page) {
  std::vector<SeenText> found;
  for (const auto& item : page.items)
    if (const auto* text = std::get_if<PlacedText>(&item))
      found.push_back({text->line.text(),
                       {text->baseline.x, text->baseline.y - text->line.ascent, text->line.width,
                        text->line.ascent + text->line.descent}});
  return found;
}

bool overlap(const Box& a, const Box& b) {
  const auto hair = pt(0.05);
  return a.left + hair < b.right() && b.left + hair < a.right() && a.top + hair < b.bottom() &&
         b.top + hair < a.bottom();
}

std::string all_words(const Page& page) {
  std::string words;
  for (const auto& text : texts(page)) words += text.words + "\n";
  return words;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

std::size_t count_of(const Pages& pages, std::string_view type) {
  return static_cast<std::size_t>(
      std::count_if(pages.structure.begin(), pages.structure.end(),
                    [&](const StructureElement& element) { return element.type == type; }));
}

bool same(const Pages& a, const Pages& b) {
  if (a.pages.size() != b.pages.size() || a.structure.size() != b.structure.size()) return false;
  for (std::size_t i = 0; i < a.pages.size(); ++i) {
    const auto left = texts(a.pages[i]), right = texts(b.pages[i]);
    if (a.pages[i].items.size() != b.pages[i].items.size()) return false;
    if (!std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const SeenText& one, const SeenText& other) {
                      return one.words == other.words && one.box.left == other.box.left &&
                             one.box.top == other.box.top;
                    }))
      return false;
  }
  return true;
}
}  // namespace

TEST_CASE("Two pages hold whatever a chart holds", "[layout]") {
  for (const auto& [name, pages] : samples()) {
    CAPTURE(name);
    CHECK(pages.pages.size() <= 2);
  }
}

TEST_CASE("The compact summary keeps to one page", "[layout]") {
  for (const auto& assessment : {typical_assessment(), empty_assessment(), alarming_assessment()})
    CHECK(pages_with(compact_xml(), assessment).pages.size() == 1);
}

TEST_CASE("No two texts overlap", "[layout]") {
  for (const auto& [name, pages] : samples()) {
    CAPTURE(name);
    for (const auto& page : pages.pages) {
      auto all = texts(page);
      std::sort(all.begin(), all.end(),
                [](const SeenText& a, const SeenText& b) { return a.box.top < b.box.top; });
      for (auto a = all.begin(); a != all.end(); ++a)
        for (auto b = a + 1; b != all.end() && b->box.top < a->box.bottom(); ++b)
          if (overlap(a->box, b->box)) FAIL_CHECK("'" << a->words << "' over '" << b->words << "'");
    }
  }
}

TEST_CASE("Nothing stands outside the margins", "[layout]") {
  for (const auto& [name, pages] : samples()) {
    CAPTURE(name);
    for (const auto& page : pages.pages)
      for (const auto& [words, box] : texts(page)) {
        CAPTURE(words, box.left.pt(), box.top.pt(), box.right().pt(), box.bottom().pt());
        CHECK(box.left >= pt(39));
        CHECK(box.right() <= page.width - pt(39.9));
        CHECK(box.top >= pt(25));
        CHECK(box.bottom() <= page.height - pt(12));
      }
  }
}

TEST_CASE("Body text ends above the foot", "[layout]") {
  for (const auto& [name, pages] : samples()) {
    CAPTURE(name);
    for (const auto& page : pages.pages)
      for (const auto& item : page.items)
        if (const auto* text = std::get_if<PlacedText>(&item); text && text->node != artifact) {
          CAPTURE(text->line.text(), text->baseline.y.pt());
          CHECK(text->baseline.y + text->line.descent <= page.height - pt(39.5));
        }
  }
}

TEST_CASE("Name, birth date, number and page stand on every page", "[layout]") {
  const auto pages = pages_of(typical_assessment());
  for (std::size_t i = 0; i < pages.pages.size(); ++i) {
    const auto words = all_words(pages.pages[i]);
    CHECK(contains(words, "ELLISON, Margaret\n"));
    CHECK(contains(words, "born 08-Aug-1962 · NHS number 999 123 4567 · MRN NB-204417"));
    CHECK(contains(words, "Page " + std::to_string(i + 1) + " of 2"));
  }
}

TEST_CASE("A name that is too long for the foot leaves room for birth date and number",
          "[layout]") {
  const auto pages = pages_of(named(typical_assessment(), std::string(200, 'W'), "Margaret"));
  for (const auto& page : pages.pages) {
    const auto words = all_words(page);
    CHECK(contains(words, "W…\n"));
    CHECK(contains(words, "born 08-Aug-1962 · NHS number 999 123 4567 · MRN NB-204417"));
  }
}

TEST_CASE("No heading stands alone at the end of a page", "[layout]") {
  for (const auto& [name, pages] : samples()) {
    CAPTURE(name);
    for (const auto& page : pages.pages) {
      Node last = artifact;
      for (const auto& item : page.items)
        if (const auto* text = std::get_if<PlacedText>(&item); text && text->node != artifact)
          last = text->node;
      REQUIRE(last != artifact);
      CHECK(pages.structure[static_cast<std::size_t>(last)].type != "H2");
    }
  }
}

TEST_CASE("A red flag on record stands above everything but the patient, in its own box",
          "[layout]") {
  const auto words = all_words(pages_of(alarming_assessment()).pages.front());
  const auto alarm = words.find("Red flag on record: act now");
  REQUIRE(alarm != words.npos);
  CHECK(words.find("ELLISON, Margaret") < alarm);
  CHECK(words.find("swelling of the left leg only") > alarm);
  for (const auto* later : {"Pregnant:", "What stands out", "First steps", "Possible causes"}) {
    CAPTURE(later);
    CHECK(words.find(later) > alarm);
  }
}

TEST_CASE("Without a red flag on record the box says so and lists what to check", "[layout]") {
  const auto words = all_words(pages_of(typical_assessment()).pages.front());
  CHECK(contains(words, "None is recorded."));
  CHECK(contains(words, "→ same day: DVT pathway"));
}

TEST_CASE("A list that is cut says how many entries it leaves out", "[layout]") {
  const auto pages = pages_of(crowded_assessment());
  CHECK(contains(all_words(pages.pages[0]), "more:"));
  const auto second = all_words(pages.pages[1]);
  CHECK(contains(second, "more results, not shown"));
  CHECK(contains(second, "more questions that would tell less"));
  CHECK(contains(second, "And 194 more notes."));
}

TEST_CASE("Every list keeps some rows when the page is full", "[layout]") {
  const auto pages = pages_of(crowded_assessment());
  const auto words = all_words(pages.pages[0]) + all_words(pages.pages[1]);
  for (const auto* first :
       {"Ferritin", "amlodipine", "Is there an urge", "Examination of both legs"}) {
    CAPTURE(first);
    CHECK(contains(words, first));
  }
}

TEST_CASE("An empty chart says for each section that nothing is there", "[layout]") {
  const auto pages = pages_of(empty_assessment());
  const auto words = all_words(pages.pages[0]) + all_words(pages.pages[1]);
  for (const auto* sentence :
       {"None recorded", "Nothing in the record speaks for one of the causes",
        "No such result on file.", "No medication list on file: what is taken is not known.",
        "Onset not recorded"}) {
    CAPTURE(sentence);
    CHECK(contains(words, sentence));
  }
}

TEST_CASE("A chart read in part says so on the first page", "[layout]") {
  CHECK(
      contains(all_words(pages_of(typical_assessment()).pages[0]), "The chart was read in part."));
  CHECK_FALSE(contains(all_words(pages_of(empty_assessment()).pages[0]), "read in part"));
}

TEST_CASE("The structure is in reading order and complete", "[layout]") {
  const auto pages = pages_of(typical_assessment());
  CHECK(count_of(pages, "H1") == 1);
  CHECK(count_of(pages, "Table") == 4);
  for (std::size_t i = 0; i < pages.structure.size(); ++i) {
    const auto& element = pages.structure[i];
    CAPTURE(i, element.type);
    CHECK(element.parent < static_cast<Node>(i));
    if (element.type == "TH") CHECK_FALSE(element.scope.empty());
    if (element.type == "Figure") CHECK_FALSE(element.alternative.empty());
    if (element.type == "H1" || element.type == "H2") CHECK_FALSE(element.bookmark.empty());
    if (element.type == "TR")
      CHECK(pages.structure[static_cast<std::size_t>(element.parent)].type == "Table");
  }
}

TEST_CASE("Every text but the page frame belongs to the structure", "[layout]") {
  const auto pages = pages_of(typical_assessment());
  for (const auto& page : pages.pages)
    for (const auto& item : page.items)
      if (const auto* text = std::get_if<PlacedText>(&item)) {
        CAPTURE(text->line.text());
        const bool frame = text->baseline.y > page.height - pt(40) ||
                           (&page != &pages.pages.front() && text->baseline.y < pt(40));
        CHECK((text->node == artifact) == frame);
      }
}

TEST_CASE("The pointer to the work-up leads to its heading", "[layout]") {
  const auto pages = pages_of(typical_assessment());
  std::string target;
  for (const auto& item : pages.pages.front().items)
    if (const auto* text = std::get_if<PlacedText>(&item); text && !text->link.empty())
      target = text->link;
  REQUIRE(target.starts_with("#"));
  CHECK(pages.structure.at(std::stoul(target.substr(1))).bookmark == "Suggested work-up");
}

TEST_CASE("The same assessment gives the same pages", "[layout]") {
  CHECK(same(pages_of(crowded_assessment()), pages_of(crowded_assessment())));
}
