#include "tests/report/sample_words.hpp"

#include <string>

namespace legwork::report {
namespace {
using namespace causes;

CauseWords cause(std::string id, Icon icon, std::string head, std::string statement) {
  CauseWords words;
  words.id = std::move(id);
  words.icon = icon;
  words.head = std::move(head);
  words.statement = words.maybe = std::move(statement);
  return words;
}

std::vector<CauseWords> causes_of(bool spanish) {
  auto iron = cause("low-iron", Icon::drop, spanish ? "Poco hierro" : "Low iron",
                    spanish ? "Su hierro está bajo." : "Your iron is low.");
  iron.maybe = spanish ? "Su hierro puede estar bajo." : "Your iron may be low.";
  iron.labs = {{"ferritin", LabWords::Side::low,
                spanish ? "Su prueba dio {value}. Lo normal empieza en {low}."
                        : "Your iron test was {value}. The normal range starts at {low}."}};
  iron.general = spanish ? "Puede inquietar las piernas." : "It can make legs restless.";
  iron.ask = spanish ? "¿Puede ser el hierro?" : "Could it be low iron?";
  auto drug = cause("calcium-channel-blocker", Icon::pill,
                    spanish ? "Un medicamento" : "A medicine you take",
                    spanish ? "Su medicamento, {drug}, puede hinchar las piernas."
                            : "One of your medicines, {drug}, can make legs swell.");
  drug.started = spanish ? "Usted empezó {drug} {interval} antes."
                         : "You started {drug} {interval} before your legs began to feel heavy.";
  drug.taken = spanish ? "Usted toma {drug}." : "You take {drug}.";
  drug.ask = spanish ? "¿Puede ser {drug}?" : "Could {drug} be the cause?";
  auto restless =
      cause("restless-legs-syndrome", Icon::bolt, spanish ? "Piernas inquietas" : "Restless legs",
            spanish ? "Puede tener piernas inquietas." : "You may have restless legs.");
  restless.general = spanish ? "Dan ganas de moverse." : "They make you want to move.";
  return {iron, drug, restless};
}

void add_tests(PatientWords& words, bool spanish) {
  words.groups = {{"blood", spanish ? "Hacemos pruebas de sangre." : "We do blood tests.",
                   spanish ? "Miramos {list}." : "They look at {list}."}};
  const auto in_blood = [&](std::string id, std::string name) {
    words.tests.push_back({std::move(id), "c", "blood", std::move(name), "", "", ""});
  };
  words.tests = {{"leg-examination", "c", "", "", "We look at your legs.", "Both of them.", ""},
                 {"medication-review", "c", "", "", "We look at your medicines.", "", ""},
                 {"duplex-ultrasound", "c", "", "", "You may have a vein scan.",
                  "It is an ultrasound.", "There is no scan of your veins yet."}};
  in_blood("ferritin", "iron");
  in_blood("hba1c", "blood sugar");
  in_blood("magnesium", "minerals");
}

void add_advice(PatientWords& words) {
  const auto advice = [&](std::string id, Advice::Kind kind, std::string topic,
                          std::vector<std::string> when, std::string head, std::string text) {
    Advice one;
    one.id = std::move(id);
    one.kind = kind;
    one.topic = std::move(topic);
    one.causes = std::move(when);
    one.head = std::move(head);
    one.text = std::move(text);
    words.advice.push_back(std::move(one));
  };
  using enum Advice::Kind;
  advice("no-iron", avoid, "", {"low-iron"}, "Do not start iron pills", "unless we tell you to.");
  advice("keep-named", do_it, "medicines", {"calcium-channel-blocker"},
         "Keep taking your medicines.", "Do not stop {drug} on your own.");
  advice("keep", do_it, "medicines", {}, "Keep taking your medicines.", "Talk with us first.");
  advice("raise", do_it, "", {"restless-legs-syndrome"}, "Raise your legs", "when you rest.");
  words.advice.back().unless_causes = {"peripheral-artery-disease"};
  words.advice.back().unless_red_flags = {"deep-vein-thrombosis"};
  advice("note", do_it, "", {}, "Write down", "when it comes.");
}
}  // namespace

PatientWords sample_words(std::string_view language) {
  const bool spanish = language == "es";
  PatientWords words;
  words.lang = language;
  words.list_comma = ",";
  words.list_and = spanish ? "y" : "and";
  words.causes = causes_of(spanish);
  add_tests(words, spanish);
  words.questions = {{"urge-to-move", "I have a strong urge to move my legs.", false},
                     {"one-leg-only", "Only 1 leg feels like this.", false},
                     {"relieved-by-movement", "Moving my legs makes them feel better.", false},
                     {"swelling", "My legs are swollen.", false},
                     {"worse-evening-or-rest", "It is worse in the evening.", false},
                     {"onset-date", "It began on this day:", true}};
  add_advice(words);
  words.emergency = {"Call {number} now if you have",
                     {{"c", "chest pain"}, {"c", "trouble breathing"}}};
  words.same_day = {"Call your clinic the same day if 1 leg", {{"c", "swells up"}, {"c", "hurts"}}};
  words.red_flags = {{"deep-vein-thrombosis", "c", "Your care team should see your legs today.",
                      "Please ask your care team today to look at your legs."},
                     {"heart-failure", "c", "Your care team should see you now.",
                      "Your care team should see you today."},
                     {"persistent-swelling", "c", "Your legs should be seen soon.",
                      "Your legs should be seen soon."}};
  words.banners = {{"minor", false}, {"dialysis", true}};
  words.today = {"c", "We should do 1 of your tests today."};
  for (auto& link : words.link) link = {"c", "It could make your legs feel heavy."};
  words.asks = {"What can I do at home?"};
  return words;
}

PatientWords wordy_words(std::size_t characters) {
  auto words = sample_words();
  const auto grow = [&](std::string& text) {
    if (text.empty()) return;
    const auto start = text;
    while (text.size() < characters) text += " " + start;
  };
  for (auto& it : words.causes)
    for (auto* text :
         {&it.head, &it.statement, &it.maybe, &it.started, &it.taken, &it.general, &it.ask})
      grow(*text);
  for (auto& it : words.causes)
    for (auto& lab : it.labs) grow(lab.text);
  for (auto& it : words.tests)
    for (auto* text : {&it.name, &it.head, &it.text, &it.missing}) grow(*text);
  for (auto& it : words.questions) grow(it.statement);
  for (auto& it : words.advice) grow(it.head), grow(it.text);
  for (auto* help : {&words.emergency, &words.same_day}) {
    grow(help->lead);
    for (auto& sign : help->signs) grow(sign.text);
  }
  for (auto& it : words.red_flags) grow(it.present), grow(it.possible);
  for (auto& ask : words.asks) grow(ask);
  return words;
}
}  // namespace legwork::report
