#include "report/sheet.hpp"

// The sheet as a document of sections, for the forms that have no page: HTML, text, FHIR.

namespace legwork::report {
namespace {
Text words_of(const Sheet::Step& step) {
  Text text = {{step.head, Tone::strong}};
  if (!step.text.empty()) text.push_back({" " + step.text});
  return text;
}

List list_of(List::Signs signs) {
  List list;
  list.signs = signs;
  return list;
}

Block found(const Sheet& sheet) {
  auto list = list_of(List::Signs::bullets);
  for (const auto& card : sheet.found) list.items.push_back(words_of({card.head + ".", card.text}));
  return list;
}

Block steps(const std::vector<Sheet::Step>& steps) {
  auto list = list_of(List::Signs::numbers);
  for (const auto& step : steps) list.items.push_back(words_of(step));
  return list;
}

Block until_then(const Sheet& sheet) {
  auto list = list_of(List::Signs::bullets);
  for (const auto& todo : sheet.until_then) list.items.push_back(words_of(todo.words));
  return list;
}

/// When to call whom: what the framed box of the page says.
Block help(const Sheet& sheet) {
  Callout callout;
  callout.heading = sheet.headings.help;
  for (const auto* column : {&sheet.emergency, &sheet.same_day})
    for (const auto& sign : column->signs) {
      Callout::Item item;
      item.text = {{column->lead + " ", Tone::strong}, {sign}};
      item.found = true;  // a sign to watch for, not a box to tick
      callout.items.push_back(std::move(item));
    }
  if (!sheet.phone.empty()) callout.closing = {{sheet.phone, Tone::strong}};
  return callout;
}

Block tell(const Sheet& sheet) {
  Checks checks;
  for (const auto& tick : sheet.tell) checks.items.push_back({tick.id, tick.text, ""});
  return checks;
}

Block ask(const Sheet& sheet) {
  auto list = list_of(List::Signs::bullets);
  for (const auto& question : sheet.ask) list.items.push_back({{question}});
  return list;
}

Section section_of(const Sheet& sheet, SectionId id) {
  const auto& heading = sheet.headings;
  switch (id) {
    case SectionId::message:
      return {id, "", "", Paragraphs{{{{sheet.findings + " ", Tone::strong}, {sheet.outlook}}}}};
    case SectionId::found:
      return {id, heading.found, "", found(sheet)};
    case SectionId::next:
      return {id, heading.next, "", steps(sheet.next)};
    case SectionId::until_then:
      return {id, heading.until_then, "", until_then(sheet)};
    case SectionId::help:
      return {id, "", "", help(sheet)};
    case SectionId::tell:
      return {id, heading.tell, "", tell(sheet)};
    case SectionId::ask:
      return {id, heading.ask, "", ask(sheet)};
    case SectionId::basis:
      return {id, "", "", SmallPrint{{{{sheet.basis}}}, true}};
    default:
      return {id, "", "", Paragraphs{}};  // the patient: who stands in head and foot of every form
  }
}

bool is_empty(const Block& block) {
  if (const auto* list = std::get_if<List>(&block)) return list->items.empty();
  if (const auto* checks = std::get_if<Checks>(&block)) return checks->items.empty();
  if (const auto* paragraphs = std::get_if<Paragraphs>(&block)) return paragraphs->texts.empty();
  return false;
}
}  // namespace

Document as_document(const Sheet& sheet) {
  Document document;
  document.language = sheet.language;
  document.title = sheet.title;
  document.subject = sheet.subject;
  document.paper = sheet.paper;
  document.brand = sheet.brand;
  document.complaint = {{sheet.lead}};
  document.running_head = sheet.title;
  document.surname_first = sheet.name;
  document.identity = {" · " + sheet.identity};
  document.page_of = sheet.page_of;
  document.pages.emplace_back();
  for (const auto id : sheet.order)
    if (auto section = section_of(sheet, id); !is_empty(section.block))
      document.pages.back().push_back(std::move(section));
  return document;
}
}  // namespace legwork::report
