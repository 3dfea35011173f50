#include "fhir/datatypes.hpp"
#include "fhir/facts.hpp"

// Source: https://hl7.org/fhir/R4/questionnaireresponse.html

namespace legwork::fhir {
namespace {
constexpr Wanted elements[] = {"questionnaire", "authored", "item"};
using Value = decltype(Answer::value);

std::optional<Value> value_of_coding(const Element& coding, const Vocabulary& vocabulary) {
  const auto system = vocabulary.system(coding.text("system"));
  const std::string_view display = coding.text("display");
  if (const auto said = vocabulary.value_of_code(system, coding.text("code"))) return *said;
  if (const auto said = vocabulary.value_of_words(display)) return *said;
  const std::string_view words = display.empty() ? coding.text("code") : display;
  if (words.empty()) return {};
  return std::string(words);
}

std::optional<Value> value_of(const Element& answer, Reading& reading) {
  for (const Element value : answer.children()) {
    const std::string_view name = value.name();
    if (name == "valueBoolean") return value.boolean();
    if (name == "valueInteger" || name == "valueDecimal") return value.number();
    if (name == "valueQuantity") return value.number("value");
    if (name == "valueDate" || name == "valueDateTime") return read_date(value, reading);
    if (name == "valueCoding") return value_of_coding(value, reading.vocabulary);
    if (name == "valueString") {
      const std::string_view text = value.text();
      if (const auto said = reading.vocabulary.value_of_words(text)) return *said;
      return std::string(text);
    }
  }
  return {};
}

/// Questions stand in groups, and below the answers of other questions.
void read_items(const Element& parent, std::optional<DateSpan> date, Reading& reading) {
  for (const Element item : parent.each("item")) {
    const std::string_view question = item.text("linkId");
    for (const Element answer : item.each("answer")) {
      if (reading.vocabulary.is_question(question)) {
        if (auto value = value_of(answer, reading)) {
          reading.facts.answers.push_back(
              {reading.reference, std::string(question), std::move(*value), date});
        }
      }
      read_items(answer, date, reading);
    }
    read_items(item, date, reading);
  }
}

void read_response(const Element& response, Reading& reading) {
  const Element questionnaire = response.find("questionnaire");  // STU3: a Reference
  const std::string_view canonical =
      questionnaire.is_object() ? questionnaire.text("reference") : questionnaire.text();
  if (questionnaire && !reading.vocabulary.is_questionnaire(canonical)) return;
  read_items(response, read_date(response.find("authored"), reading), reading);
}
}  // namespace

constexpr Rule questionnaire_response_rule{"QuestionnaireResponse", elements, read_response};
}  // namespace legwork::fhir
