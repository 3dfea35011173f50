#include "report/sheet.hpp"

#include "report/layout_sheet.hpp"
#include "tests/report/layout_fixture.hpp"
#include "tests/report/sample_assessment.hpp"
#include "tests/report/sample_words.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

using namespace legwork;
using namespace legwork::report;

namespace {
constexpr Length pt(double points) { return Length::pt(points); }

std::string patient_xml(std::string_view language) {
  std::ifstream file(std::string(LEGWORK_SOURCE) + "/templates/patient" +
                     (language == "es" ? ".es" : "") + ".xml");
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

Template patient_template(std::string_view language = "en", Paper paper = Paper::a4) {
  auto form = read_template(patient_xml(language), "patient.xml");
  if (!form) FAIL(form.error().front().where << ": " << form.error().front().what);
  form->paper = paper;
  return *form;
}

Sheet sheet_of(const causes::Assessment& assessment) {
  return make_sheet(assessment, sample_words(), patient_template());
}

Pages laid_out(const Sheet& sheet) {
  Typesetter typesetter(test_fonts(), sheet.language);
  return lay_out(sheet, typesetter);
}

/// The typical patient, where nothing has to be done today.
causes::Assessment calm_assessment() {
  auto assessment = typical_assessment();
  for (auto& item : assessment.workup) item.urgency = causes::Urgency::routine;
  return assessment;
}

causes::Assessment without_banners(causes::Assessment assessment) {
  assessment.banners.clear();
  return assessment;
}

struct Sample {
  std::string name;
  Pages pages;
};

/// Everything that strains the page, on both papers, in both languages.
const std::vector<Sample>& samples() {
  static const auto all = [] {
    std::vector<Sample> made;
    const std::string long_name(200, 'W');
    for (const auto paper : {Paper::a4, Paper::letter}) {
      for (const std::string language : {"en", "es"}) {
        const auto form = patient_template(language, paper);
        const auto add = [&](std::string name, const causes::Assessment& assessment,
                             const causes::PatientWords& words) {
          name += paper == Paper::a4 ? ", A4, " : ", Letter, ";
          made.push_back({name + language, laid_out(make_sheet(assessment, words, form))});
        };
        const auto words = sample_words(language);
        add("typical", calm_assessment(), words);
        add("empty chart", empty_assessment(), words);
        add("red flag on record", alarming_assessment(), words);
        add("far too much", without_banners(crowded_assessment()), words);
        add("every text of the record 300 characters", without_banners(wordy_assessment(300)),
            words);
        add("every text of the pack 300 characters", calm_assessment(), wordy_words(300));
        add("both 2000 characters", without_banners(wordy_assessment(2000)), wordy_words(2000));
        add("name without a space", named(typical_assessment(), long_name, long_name), words);
        add("name in Arabic", named(typical_assessment(), "الميلاد", "عبد الرحمن"), words);
        add("no name", named(empty_assessment(), "", ""), words);
      }
    }
    return made;
  }();
  return all;
}

struct SeenText {
  std::string words;
  Box box;
  Length size;
};

std::vector<SeenText> texts(const Page& page) {
  std::vector<SeenText> found;
  for (const auto& item : page.items)
    if (const auto* text = std::get_if<PlacedText>(&item); text && !text->line.runs.empty())
      found.push_back({text->line.text(),
                       {text->baseline.x, text->baseline.y - text->line.ascent, text->line.width,
                        text->line.ascent + text->line.descent},
                       text->line.runs.front().style.size});
  return found;
}

std::string all_words(const Pages& pages) {
  std::string words;
  for (const auto& text : texts(pages.pages.front())) words += text.words + " ";
  return words;
}

bool overlap(const Box& a, const Box& b) {
  const auto hair = pt(0.05);
  return a.left + hair < b.right() && b.left + hair < a.right() && a.top + hair < b.bottom() &&
         b.top + hair < a.bottom();
}

bool says(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

bool advised(const Sheet& sheet, std::string_view head) {
  return std::ranges::any_of(sheet.until_then,
                             [&](const Sheet::Todo& todo) { return todo.words.head == head; });
}
}  // namespace

TEST_CASE("A patient's page is one page, whatever the record and the pack hold", "[sheet]") {
  for (const auto& sample : samples()) {
    CAPTURE(sample.name);
    CHECK(sample.pages.pages.size() == 1);
  }
}

TEST_CASE("Nothing on a patient's page stands outside the margins or over another text",
          "[sheet]") {
  for (const auto& sample : samples()) {
    CAPTURE(sample.name);
    const auto& page = sample.pages.pages.front();
    const auto seen = texts(page);
    for (std::size_t i = 0; i < seen.size(); ++i) {
      CAPTURE(seen[i].words);
      CHECK(seen[i].box.left >= pt(38));
      CHECK(seen[i].box.right() <= page.width - pt(39.5));
      CHECK(seen[i].box.top >= pt(24));
      CHECK(seen[i].box.bottom() <= page.height - pt(24));
      for (std::size_t j = i + 1; j < seen.size(); ++j) {
        CAPTURE(seen[j].words);
        CHECK_FALSE(overlap(seen[i].box, seen[j].box));
      }
    }
  }
}

TEST_CASE("No text on a patient's page is smaller than 11.4 points", "[sheet]") {
  for (const auto& sample : samples()) {
    CAPTURE(sample.name);
    for (const auto& text : texts(sample.pages.pages.front())) {
      CAPTURE(text.words);
      CHECK(text.size >= pt(11.4));
    }
  }
}

TEST_CASE("Name, help and basis are on every patient's page", "[sheet]") {
  for (const auto& sample : samples()) {
    CAPTURE(sample.name);
    const auto words = all_words(sample.pages);
    const bool spanish = sample.pages.language == "es";
    CHECK(says(words, spanish ? "Pida ayuda ya" : "Get help right away"));
    CHECK(says(words, "911"));
    CHECK(says(words, spanish ? "no es un diagnóstico" : "is not a diagnosis"));
    CHECK(says(words, spanish ? "Página 1 de 1" : "Page 1 of 1"));
    CHECK(says(words, spanish ? "nació el" : "born") !=
          says(words, spanish ? "nacimiento sin anotar" : "birth date not on file"));
  }
}

TEST_CASE("A patient's page is read in the order in which it stands", "[sheet]") {
  for (const auto& sample : samples()) {
    CAPTURE(sample.name);
    const auto& structure = sample.pages.structure;
    REQUIRE_FALSE(structure.empty());
    CHECK(std::ranges::count(structure, "H1", &StructureElement::type) == 1);
    int level = 1;
    for (const auto& element : structure) {
      if (element.type.size() != 2 || element.type[0] != 'H') continue;
      const int now = element.type[1] - '0';
      CHECK(now <= level + 1);
      level = now;
    }
    // Headings of the second level stand ever lower, but for two beside each other.
    Length last;
    for (const auto& item : sample.pages.pages.front().items) {
      const auto* text = std::get_if<PlacedText>(&item);
      if (!text || text->node == artifact) continue;
      if (structure[static_cast<std::size_t>(text->node)].type != "H2") continue;
      CHECK(text->baseline.y >= last);
      last = text->baseline.y;
    }
  }
}

TEST_CASE("The typical patient reads what was found, in plain words", "[sheet]") {
  const auto sheet = sheet_of(calm_assessment());
  CHECK(sheet.findings ==
        "Your iron is low. One of your medicines, amlodipine, can make legs swell.");
  CHECK(says(sheet.outlook, "We do not know yet."));
  REQUIRE(sheet.found.size() == 3);
  CHECK(sheet.found[0].text == "Your iron test was 18. The normal range starts at 30.");
  REQUIRE(sheet.found[0].line);
  CHECK(sheet.found[0].line->alternative == sheet.found[0].text);
  CHECK(sheet.found[1].text ==
        "You started amlodipine 7\u00A0weeks before your legs began to feel heavy.");
  CHECK_FALSE(sheet.found[1].line);
  CHECK(sheet.next[0].head == "We look at your legs.");
  CHECK(sheet.next[2].text == "They look at iron, blood sugar and minerals.");
  CHECK(sheet.until_then[1].words.text == "Do not stop amlodipine on your own.");
  CHECK(sheet.tell[0].text == "I have a strong urge to move my legs.");
  CHECK(sheet.ask.front() == "Could it be low iron?");
}

TEST_CASE("A figure's sentence says what the figure shows", "[sheet]") {
  const auto pages = laid_out(sheet_of(calm_assessment()));
  std::size_t figures = 0;
  for (const auto& element : pages.structure) {
    if (element.type != "Figure") continue;
    ++figures;
    CHECK(says(element.alternative, "18"));
    CHECK(says(element.alternative, "30"));
  }
  CHECK(figures == 1);
}

TEST_CASE("A red flag moves the help under the message and is told without its name", "[sheet]") {
  const auto calm = sheet_of(calm_assessment());
  const auto urgent = sheet_of(without_banners(alarming_assessment()));
  const auto place = [](const Sheet& sheet, SectionId id) {
    return std::ranges::find(sheet.order, id) - sheet.order.begin();
  };
  CHECK(place(calm, SectionId::help) > place(calm, SectionId::next));
  CHECK(place(urgent, SectionId::help) == place(urgent, SectionId::message) + 1);
  CHECK(says(urgent.findings, "Your care team should see"));
  const auto words = all_words(laid_out(urgent));
  for (const auto* name : {"thrombosis", "clot", "embolism", "heart failure", "DVT"})
    CHECK_FALSE(says(words, name));
}

TEST_CASE("Advice that would harm is not given", "[sheet]") {
  auto assessment = calm_assessment();
  CHECK(advised(sheet_of(assessment), "Raise your legs"));
  causes::CauseFinding arteries;
  arteries.id = "peripheral-artery-disease";
  arteries.status = causes::CauseStatus::possible;
  assessment.causes.push_back(arteries);
  CHECK_FALSE(advised(sheet_of(assessment), "Raise your legs"));

  auto flagged = calm_assessment();
  for (auto& flag : flagged.red_flags)
    if (flag.id == "deep-vein-thrombosis") flag.status = causes::RedFlagStatus::possible;
  CHECK_FALSE(advised(sheet_of(flagged), "Raise your legs"));
}

TEST_CASE("Of advice on one topic only the first that holds is given", "[sheet]") {
  const auto count = [](const Sheet& sheet) {
    return std::ranges::count_if(sheet.until_then, [](const Sheet::Todo& todo) {
      return todo.words.head == "Keep taking your medicines.";
    });
  };
  CHECK(count(sheet_of(calm_assessment())) == 1);
  CHECK(count(sheet_of(empty_assessment())) == 1);
}

TEST_CASE("An empty record gives a page that says so and still helps", "[sheet]") {
  const auto sheet = sheet_of(empty_assessment());
  CHECK(sheet.findings.empty());
  CHECK(says(sheet.outlook, "We do not have much in your record yet"));
  CHECK_FALSE(sheet.emergency.signs.empty());
  CHECK_FALSE(sheet.ask.empty());
}

TEST_CASE("A banner that the pack does not speak of keeps all findings back", "[sheet]") {
  auto assessment = calm_assessment();
  assessment.banners = {{"On dialysis.", "dialysis", {}}};
  CHECK(says(sheet_of(assessment).findings, "iron"));
  for (const auto* rule : {"minor", "unheard-of"}) {
    assessment.banners = {{"Under 18.", rule, {}}};
    const auto sheet = sheet_of(assessment);
    CHECK(sheet.findings.empty());
    CHECK(sheet.found.empty());
    CHECK(says(sheet.outlook, "will talk with you"));
    CHECK_FALSE(advised(sheet, "Do not start iron pills"));
  }
}

TEST_CASE("Nothing is recommended to somebody who has died", "[sheet]") {
  auto assessment = calm_assessment();
  assessment.patient.deceased = true;
  const auto sheet = sheet_of(assessment);
  CHECK(sheet.findings.empty());
  CHECK(sheet.next.empty());
  CHECK(sheet.until_then.empty());
}

TEST_CASE("A result inside its limits, or too old, is no reason to say that it is low", "[sheet]") {
  auto assessment = calm_assessment();
  for (auto& lab : assessment.labs)
    if (lab.id == "ferritin") lab.flag = causes::LabSeries::Flag::none;
  CHECK(says(sheet_of(assessment).findings, "Your iron may be low."));
  CHECK_FALSE(sheet_of(assessment).found[0].line);
  assessment = calm_assessment();
  for (auto& lab : assessment.labs) lab.stale = true;
  CHECK(says(sheet_of(assessment).findings, "Your iron may be low."));
}

TEST_CASE("A drug that is no longer taken is not named", "[sheet]") {
  auto assessment = calm_assessment();
  for (auto& drug : assessment.medications) drug.in_use = false;
  CHECK_FALSE(says(all_words(laid_out(sheet_of(assessment))), "amlodipine"));
}

TEST_CASE("A long list gives way, and the name of 200 letters stands whole", "[sheet]") {
  auto assessment = named(calm_assessment(), std::string(200, 'n'), "Ana");
  const auto words = all_words(laid_out(sheet_of(assessment)));
  CHECK(std::ranges::count(words, 'n') >= 200);
}

TEST_CASE("The phone of the clinic stands in the help where the template has one", "[sheet]") {
  auto form = patient_template();
  form.contacts.same_day = "01632 960118";
  const auto pages = laid_out(make_sheet(calm_assessment(), sample_words(), form));
  CHECK(says(all_words(pages), "01632 960118"));
}

TEST_CASE("What a patient's page would not show, its template may not ask for", "[sheet]") {
  auto xml = patient_xml("en");
  const auto at = xml.find("<page>");
  REQUIRE(at != xml.npos);
  const auto form =
      read_template(xml.insert(at, "<footer><text>Ward 3</text></footer>"), "patient.xml");
  REQUIRE_FALSE(form);
  CHECK(form.error().front().what == "a patient's page has no room for <footer>; remove it");
}

TEST_CASE("A patient's template without help, basis, or a number to call is refused",
          "[sheet][template]") {
  struct Row {
    std::string_view from, to, what;
  };
  const auto row = GENERATE(values<Row>({
      {"<section id=\"help\"/>", "",
       "section 'help' is left out, and no document may be without it; add <section id=\"help\"/>"},
      {"<section id=\"basis\"/>", "",
       "section 'basis' is left out, and no document may be without it; add <section "
       "id=\"basis\"/>"},
      {"emergency=\"911\" ", "",
       "no emergency number; add <contacts emergency=\"911\" same-day=\"…\"/>"},
      {"<section id=\"tell\"/>", "<section id=\"causes\"/>",
       "section 'causes' is not known; use one of patient, message, found, next, until-then, help, "
       "tell, ask, basis"},
      {"<section id=\"tell\"/>", "<section><heading>Ours</heading></section>",
       "a patient's page has no sections of its own; write <section id=\"…\"/>"},
      {"<text key=\"ask.heading\">You may want to ask</text>", "",
       "text 'ask.heading' is absent; add <text key=\"ask.heading\">…</text>"},
  }));
  CAPTURE(row.from, row.to);
  auto xml = patient_xml("en");
  xml.replace(xml.find(row.from), row.from.size(), row.to);
  const auto form = read_template(xml, "patient.xml");
  REQUIRE_FALSE(form);
  CHECK(form.error().front().what == row.what);
}
