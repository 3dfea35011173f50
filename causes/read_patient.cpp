#include "causes/pack_reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace legwork::causes {
namespace {
using Names = std::initializer_list<std::string_view>;

/// A text of the words: on one line, and with no other placeholder than those that can be filled.
std::string said(const Element& at, std::string_view text, Names may_fill, Reading& reading) {
  std::string out;
  for (const auto word : words(text)) out += (out.empty() ? "" : " ") + std::string(word);
  for (const auto& name : placeholders(out)) {
    if (std::ranges::find(may_fill, name) != may_fill.end()) continue;
    reading.fault(at, may_fill.size() == 0
                          ? fmt::format("{{{}}} cannot be filled in here; write it out", name)
                          : fmt::format("{{{}}} cannot be filled in here; what can: {{{}}}", name,
                                        fmt::join(may_fill, "}, {")));
  }
  return out;
}

std::string child_said(const Element& at, std::string_view name, Names may_fill, Reading& reading) {
  const auto child = at.child(name);
  if (!child) return {};
  if (child->text().empty())
    reading.fault(*child, fmt::format("<{}> is empty; write it or delete it", name));
  return said(*child, child->text(), may_fill, reading);
}

std::string needed(const Element& at, std::string_view name, Names may_fill, Reading& reading) {
  if (!at.child(name)) reading.fault(at, fmt::format("<{}> needs its <{}>", at.name(), name));
  return child_said(at, name, may_fill, reading);
}

/// Every statement made to a patient names what it rests on.
std::string claim_of(const Element& at, Reading& reading) {
  std::string claim = reading.required(at, "claim");
  if (!claim.empty()) reading.find(at, IdKind::claim, claim);
  return claim;
}

std::string id_of(const Element& at, IdKind kind, Reading& reading) {
  std::string id = reading.required(at, "id");
  if (!id.empty()) reading.find(at, kind, id);
  return id;
}

LabWords read_lab(const Element& at, Reading& reading) {
  reading.expect(at, {"id", "side"}, {});
  LabWords lab;
  lab.concept_id = reading.required(at, "id");
  concept_reference(at, "id", {fhir::Kind::observation}, reading);
  reading.required(at, "side");
  lab.side = static_cast<LabWords::Side>(reading.choice(at, "side", {"low", "high"}));
  const bool low = lab.side == LabWords::Side::low;
  lab.text = said(at, at.text(), {"value", low ? "low" : "high"}, reading);
  if (lab.text.empty()) reading.fault(at, "<lab> needs its text: what to say of the result");
  return lab;
}

void read_cause(const Element& at, PatientWords& into, Reading& reading) {
  reading.expect(at, {"id", "icon", "claim"},
                 {"head", "statement", "maybe", "lab", "started", "taken", "general", "ask"});
  CauseWords cause;
  cause.id = id_of(at, IdKind::cause, reading);
  cause.claim = claim_of(at, reading);
  reading.required(at, "icon");
  cause.icon = static_cast<Icon>(reading.choice(at, "icon", icon_names));
  cause.head = needed(at, "head", {}, reading);
  cause.statement = needed(at, "statement", {"drug"}, reading);
  cause.maybe = needed(at, "maybe", {"drug"}, reading);
  for (const Element& child : at.children())
    if (child.name() == "lab") cause.labs.push_back(read_lab(child, reading));
  cause.started = child_said(at, "started", {"drug", "interval"}, reading);
  cause.taken = child_said(at, "taken", {"drug"}, reading);
  cause.general = child_said(at, "general", {"drug"}, reading);
  cause.ask = child_said(at, "ask", {"drug"}, reading);
  if (cause.general.empty() && cause.taken.empty())
    reading.fault(at, "<cause> needs <taken> or <general>: what its card says without a result");
  into.causes.push_back(std::move(cause));
}

void read_test(const Element& at, PatientWords& into, Reading& reading) {
  reading.expect(at, {"id", "claim", "group", "name"}, {"head", "text", "missing"});
  TestWords test;
  test.id = id_of(at, IdKind::test, reading);
  test.claim = claim_of(at, reading);
  test.group = reading.optional(at, "group");
  if (test.group.empty()) {
    test.head = needed(at, "head", {}, reading);
    test.text = child_said(at, "text", {}, reading);
  } else {
    test.name = reading.required(at, "name");
    if (into.group(test.group) == nullptr)
      reading.fault(at, fmt::format("there is no <group id=\"{}\"> above; define it or correct it",
                                    test.group));
  }
  test.missing = child_said(at, "missing", {}, reading);
  into.tests.push_back(std::move(test));
}

void read_group(const Element& at, PatientWords& into, Reading& reading) {
  reading.expect(at, {"id"}, {"head", "text"});
  into.groups.push_back({reading.required(at, "id"), needed(at, "head", {}, reading),
                         needed(at, "text", {"list"}, reading)});
}

void read_advice(const Element& at, PatientWords& into, Reading& reading) {
  reading.expect(at,
                 {"id", "kind", "topic", "claims", "causes", "unless-causes", "unless-red-flags"},
                 {"head", "text"});
  Advice advice;
  advice.id = reading.required(at, "id");
  reading.required(at, "kind");
  advice.kind = static_cast<Advice::Kind>(reading.choice(at, "kind", {"do", "avoid"}));
  advice.topic = reading.optional(at, "topic");
  reading.required(at, "claims");
  advice.claims = reading.ids(at, "claims", IdKind::claim);
  advice.causes = reading.ids(at, "causes", IdKind::cause);
  advice.unless_causes = reading.ids(at, "unless-causes", IdKind::cause);
  advice.unless_red_flags = reading.ids(at, "unless-red-flags", IdKind::red_flag);
  advice.head = needed(at, "head", {"drug"}, reading);
  advice.text = child_said(at, "text", {"drug"}, reading);
  if (advice.causes.empty() && !placeholders(advice.head + advice.text).empty())
    reading.fault(at, "{drug} needs causes=\"…\", which say whose drug it is");
  into.advice.push_back(std::move(advice));
}

HelpWords read_help(const Element& at, Reading& reading) {
  reading.expect(at, {"lead"}, {"sign"});
  HelpWords help;
  help.lead = said(at, reading.required(at, "lead"), {"number"}, reading);
  for (const Element& sign : at.children()) {
    reading.expect(sign, {"claim"}, {});
    help.signs.push_back({claim_of(sign, reading), said(sign, sign.text(), {}, reading)});
  }
  if (help.signs.empty()) reading.fault(at, fmt::format("<{}> needs its <sign>s", at.name()));
  return help;
}

void read_red_flag_words(const Element& at, PatientWords& into, Reading& reading) {
  reading.expect(at, {"id", "claim"}, {"present", "possible"});
  into.red_flags.push_back({id_of(at, IdKind::red_flag, reading), claim_of(at, reading),
                            needed(at, "present", {"number"}, reading),
                            needed(at, "possible", {"number"}, reading)});
}

void read_untold(const Element& at, PatientWords& into, Reading& reading) {
  reading.expect(at, {"cause", "test", "question", "reason"}, {});
  reading.required(at, "reason");
  struct Row {
    std::string_view attribute;
    IdKind kind;
    Untold::What what;
  };
  static constexpr Row rows[] = {{"cause", IdKind::cause, Untold::What::cause},
                                 {"test", IdKind::test, Untold::What::test},
                                 {"question", IdKind::question, Untold::What::question}};
  int named = 0;
  for (const auto& [attribute, kind, what] : rows) {
    const auto id = at.attribute(attribute);
    if (!id) continue;
    ++named;
    reading.find(at, kind, *id);
    into.untold.push_back({what, std::string(*id), reading.optional(at, "reason")});
  }
  if (named != 1) reading.fault(at, "<untold> names one cause, test or question");
}

void read_banner_words(const Element& at, PatientWords& into, Reading& reading) {
  reading.expect(at, {"id", "findings"}, {});
  reading.required(at, "findings");
  into.banners.push_back(
      {reading.required(at, "id"), reading.choice(at, "findings", {"untold", "told"}) == 1});
}

void read_one(const Element& at, PatientWords& into, Reading& reading) {
  const auto sign = [&] {
    reading.expect(at, {"claim", "count"}, {});
    return Sign{claim_of(at, reading), said(at, at.text(), {}, reading)};
  };
  const auto name = at.name();
  if (name == "cause") return read_cause(at, into, reading);
  if (name == "test") return read_test(at, into, reading);
  if (name == "group") return read_group(at, into, reading);
  if (name == "advice") return read_advice(at, into, reading);
  if (name == "red-flag") return read_red_flag_words(at, into, reading);
  if (name == "untold") return read_untold(at, into, reading);
  if (name == "banner") return read_banner_words(at, into, reading);
  if (name == "today") into.today = sign();
  if (name == "link") into.link[reading.choice(at, "count", {"1", "2", "3"})] = sign();
  if (name == "ask") into.asks.push_back(said(at, at.text(), {}, reading));
  if (name == "emergency") into.emergency = read_help(at, reading);
  if (name == "same-day") into.same_day = read_help(at, reading);
  if (name == "question") {
    reading.expect(at, {"id"}, {});
    QuestionWords question{reading.required(at, "id"), said(at, at.text(), {}, reading), false};
    if (const auto index = reading.find(at, IdKind::question, question.id))
      question.date = reading.pack.questions[*index].type == "date";
    into.questions.push_back(std::move(question));
    if (into.questions.back().statement.empty())
      reading.fault(at, "<question> needs its statement: what the patient ticks");
  }
  if (name == "list") {
    into.list_comma = reading.required(at, "comma");
    into.list_and = reading.required(at, "and");
  }
}
/// What texts() calls the texts of an element that was just read, up to the colon.
std::string owner(const Element& at, const PatientWords& words) {
  const std::string name(at.name());
  if (name == "emergency" || name == "same-day") return "help " + name;
  if (name == "link") return "link " + std::string(at.attribute("count").value_or(""));
  if (name == "ask") return fmt::format("ask {}", words.asks.size());
  const auto id = at.attribute("id");
  return id ? name + " " + std::string(*id) : name;
}
}  // namespace

void read_patient_words(const Element& root, Reading& reading) {
  reading.expect(root, {"lang", "checked"},
                 {"cause", "untold", "test", "group", "question", "advice", "emergency", "same-day",
                  "red-flag", "banner", "today", "link", "ask", "list"});
  PatientWords words;
  words.lang = reading.required(root, "lang");
  words.checked = reading.optional(root, "checked");
  for (const Element& at : root.children()) {
    read_one(at, words, reading);
    reading.patient_places.insert_or_assign(words.lang + " " + owner(at, words), at);
  }
  const auto& all = reading.pack.patient;
  if (std::ranges::find(all, words.lang, &PatientWords::lang) != all.end())
    reading.fault(root, fmt::format("the words for the patient in '{}' are here twice; join the "
                                    "files or correct lang",
                                    words.lang));
  reading.patient_roots.push_back(root);
  reading.pack.patient.push_back(std::move(words));
}
}  // namespace legwork::causes
