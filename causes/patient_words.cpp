#include "causes/patient_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace legwork::causes {
namespace {
template <class T>
const T* with_id(const std::vector<T>& items, std::string_view id) {
  const auto found = std::ranges::find(items, id, &T::id);
  return found == items.end() ? nullptr : &*found;
}

/// Gathers what is not empty under its name.
class Gathering {
 public:
  void add(std::string name, std::string_view text) {
    if (!text.empty()) texts.push_back({std::move(name), std::string(text)});
  }
  std::vector<PatientText> texts;
};

void add_causes(const PatientWords& words, Gathering& into) {
  for (const auto& it : words.causes) {
    const auto name = [&](std::string_view part) {
      return fmt::format("cause {}: {}", it.id, part);
    };
    into.add(name("head"), it.head);
    into.add(name("statement"), it.statement);
    into.add(name("maybe"), it.maybe);
    for (const auto& lab : it.labs) {
      const auto side = lab.side == LabWords::Side::low ? "low" : "high";
      into.add(name(fmt::format("lab {} {}", lab.concept_id, side)), lab.text);
    }
    into.add(name("started"), it.started);
    into.add(name("taken"), it.taken);
    into.add(name("general"), it.general);
    into.add(name("ask"), it.ask);
  }
}

void add_tests(const PatientWords& words, Gathering& into) {
  for (const auto& it : words.groups) {
    into.add(fmt::format("group {}: head", it.id), it.head);
    into.add(fmt::format("group {}: text", it.id), it.text);
  }
  for (const auto& it : words.tests) {
    const auto name = [&](std::string_view part) {
      return fmt::format("test {}: {}", it.id, part);
    };
    into.add(name("name"), it.name);
    into.add(name("head"), it.head);
    into.add(name("text"), it.text);
    into.add(name("missing"), it.missing);
  }
}

void add_help(const PatientWords& words, Gathering& into) {
  const auto add = [&](std::string_view what, const HelpWords& help) {
    into.add(fmt::format("help {}: lead", what), help.lead);
    for (std::size_t i = 0; i < help.signs.size(); ++i)
      into.add(fmt::format("help {}: sign {}", what, i + 1), help.signs[i].text);
  };
  add("emergency", words.emergency);
  add("same-day", words.same_day);
}
}  // namespace

bool CauseWords::names_drug() const {
  return statement.find("{drug}") != std::string::npos || maybe.find("{drug}") != std::string::npos;
}

const CauseWords* PatientWords::cause(std::string_view id) const { return with_id(causes, id); }
const TestWords* PatientWords::test(std::string_view id) const { return with_id(tests, id); }
const TestGroup* PatientWords::group(std::string_view id) const { return with_id(groups, id); }
const QuestionWords* PatientWords::question(std::string_view id) const {
  return with_id(questions, id);
}
const RedFlagWords* PatientWords::red_flag(std::string_view id) const {
  return with_id(red_flags, id);
}

std::vector<PatientText> texts(const PatientWords& words) {
  Gathering all;
  add_causes(words, all);
  add_tests(words, all);
  for (const auto& it : words.questions) all.add("question " + it.id, it.statement);
  for (const auto& it : words.advice) {
    all.add(fmt::format("advice {}: head", it.id), it.head);
    all.add(fmt::format("advice {}: text", it.id), it.text);
  }
  add_help(words, all);
  for (const auto& it : words.red_flags) {
    all.add(fmt::format("red-flag {}: present", it.id), it.present);
    all.add(fmt::format("red-flag {}: possible", it.id), it.possible);
  }
  all.add("today", words.today.text);
  for (std::size_t i = 0; i < words.link.size(); ++i)
    all.add(fmt::format("link {}", i + 1), words.link[i].text);
  for (std::size_t i = 0; i < words.asks.size(); ++i)
    all.add(fmt::format("ask {}", i + 1), words.asks[i]);
  return std::move(all.texts);
}

std::vector<std::string> claims(const PatientWords& words) {
  std::vector<std::string> found;
  for (const auto& it : words.causes) found.push_back(it.claim);
  for (const auto& it : words.tests) found.push_back(it.claim);
  for (const auto& it : words.advice) found.insert(found.end(), it.claims.begin(), it.claims.end());
  for (const auto* help : {&words.emergency, &words.same_day})
    for (const auto& sign : help->signs) found.push_back(sign.claim);
  for (const auto& it : words.red_flags) found.push_back(it.claim);
  found.push_back(words.today.claim);
  for (const auto& it : words.link) found.push_back(it.claim);
  return found;
}

std::vector<std::string> placeholders(std::string_view text) {
  std::vector<std::string> names;
  for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    const auto close = text.find('}', open);
    if (close == text.npos) break;
    names.emplace_back(text.substr(open + 1, close - open - 1));
  }
  return names;
}

std::string filled(std::string_view text,
                   const std::vector<std::pair<std::string_view, std::string>>& values) {
  std::string out;
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = open == text.npos ? open : text.find('}', open);
    out += text.substr(0, open);
    if (close == text.npos) {
      if (open != text.npos) out += text.substr(open);
      break;
    }
    const auto name = text.substr(open + 1, close - open - 1);
    const auto value = std::ranges::find(values, name, [](const auto& pair) { return pair.first; });
    out += value == values.end() ? std::string(text.substr(open, close - open + 1)) : value->second;
    text.remove_prefix(close + 1);
  }
  return out;
}
}  // namespace legwork::causes
