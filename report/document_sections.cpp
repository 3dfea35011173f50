#include "report/document_sections.hpp"

namespace legwork::report {
std::string evidence_words(const Material& material, const std::vector<causes::Evidence>& evidence,
                           causes::Says says, std::size_t limit) {
  std::vector<std::string> texts;
  for (const auto& entry : evidence) {
    if (entry.says != says) continue;
    const auto text = units_printed(entry.text);
    texts.push_back(entry.date
                        ? material.words.fill(
                              "evidence.dated",
                              {{"text", text}, {"date", date_words(material.words, *entry.date)}})
                        : text);
  }
  const auto& separator = material.words["evidence.separator"];
  std::string joined;
  for (std::size_t i = 0; i < texts.size() && i < limit; ++i) {
    if (i > 0) joined += separator;
    joined += texts[i];
  }
  if (texts.size() > limit) joined += material.words.count("list.more", texts.size() - limit);
  return joined;
}

Text unknown_words(const Material& material, const std::vector<std::string>& ids,
                   std::size_t questions_named) {
  std::vector<std::string> missing, old, questions;
  for (const auto& id : ids) {
    if (const auto test = material.tests.find(id); test != material.tests.end()) {
      const auto& item = *test->second;
      if (item.status == causes::WorkupStatus::on_file) continue;
      (item.last_done ? old : missing).push_back(item.label);
    } else if (const auto found = material.questions.find(id); found != material.questions.end()) {
      questions.emplace_back(found->second);
    }
  }
  Text text;
  const auto add = [&](std::string_view key, const std::vector<std::string>& items,
                       std::size_t named) {
    if (items.empty()) return;
    if (!text.empty()) text.push_back({" "});
    text.push_back({material.words[key], Tone::strong});
    text.push_back({" " + list_words(material.words, items, named) + "."});
  };
  add("unknown.tests", missing, 2);
  add("unknown.repeat", old, 2);
  add("unknown.questions", questions, questions_named);
  return text;
}

std::string_view section_name(DocumentKind kind, SectionId id) {
  for (const auto& known : section_kinds(kind))
    if (known.id == id) return known.name;
  return "";
}

Section titled(const Material& material, SectionId id) {
  const std::string name(section_name(material.form.kind, id));
  return {id, material.words[name + ".heading"], material.words[name + ".note"], {}};
}

Section absent(const Material& material, SectionId id, std::string_view sentence_key) {
  auto section = titled(material, id);
  section.note.clear();
  section.block = Absence{material.words[sentence_key]};
  return section;
}
}  // namespace legwork::report
