#pragma once

#include "causes/assessment.hpp"
#include "causes/patient_words.hpp"
#include "report/document.hpp"
#include "report/template.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace legwork::report {
/// A result beside the laboratory's own limits.
struct NumberLine {
  double value = 0;
  std::optional<double> low, high;
  std::string you, normal;  ///< label the mark and the band
  std::string alternative;  ///< the same facts as a sentence
};

/// What the patient reads: one page, in plain words. Wording and order are decided, sizes and
/// places are not; every list stands most important first, and is cut from its end.
struct Sheet {
  struct Card {
    causes::Icon icon = causes::Icon::question;
    bool flagged = false;  ///< a result outside its limits
    std::string head, text;
    std::optional<NumberLine> line;
  };
  struct Step {
    std::string head, text;  ///< the text goes on where the head ends
  };
  struct Todo {
    bool avoid = false;
    Step words;
  };
  struct Column {
    std::string lead;
    std::vector<std::string> signs;
  };
  struct Tick {
    std::string id;  ///< of the question
    std::string text;
    bool to_write = false;  ///< a line to write on, not a box to tick
  };
  struct Headings {
    std::string found, next, until_then, help, tell, ask;
  };

  std::string language, title, lead, subject;
  Paper paper = Paper::a4;
  Brand brand;
  std::string name;
  std::string identity;  ///< "born 8 August 1962 · Number 123"
  std::vector<SectionId> order;
  Headings headings;
  std::string findings;  ///< what the message says first, set strong
  std::string outlook;   ///< and what then
  std::vector<Card> found;
  std::vector<Step> next;
  std::vector<Todo> until_then;
  Column emergency, same_day;
  std::string phone;  ///< of the clinic; "" where the template has none
  std::vector<Tick> tell;
  std::vector<std::string> ask;
  std::string basis, page_of;
};

/// The same in sections, for the forms that have no page. Every text of the sheet stands in it.
Document as_document(const Sheet& sheet);

/// What a patient is told of an assessment. Cannot fail: a record that holds nothing gives a sheet
/// that says so, with what to ask and when to call.
Sheet make_sheet(const causes::Assessment& assessment, const causes::PatientWords& words,
                 const Template& form);
}  // namespace legwork::report
