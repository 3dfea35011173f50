#pragma once

#include "causes/criterion.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a pack says to the patient, in one language: data, so that a clinician can answer for every
/// word of it and a further language is a file. docs/pack.md says what each text is for.
namespace legwork::causes {
/// The drawing beside a card. The shapes are the program's, what they stand for is the pack's.
enum class Icon { drop, pill, legs, vein, bolt, water, question };
inline constexpr std::array<std::string_view, 7> icon_names = {"drop", "pill",  "legs",    "vein",
                                                               "bolt", "water", "question"};

/// What to say of a result outside the laboratory's own range.
struct LabWords {
  enum class Side { low, high };
  std::string concept_id;
  Side side = Side::low;
  std::string text;  ///< {value}, and {low} or {high}
};

/// How a cause is told. A text that is empty is not said; one that names a {drug} only where the
/// record shows that it is taken.
struct CauseWords {
  std::string id, claim;
  Icon icon = Icon::question;
  std::string head;       ///< two to four words
  std::string statement;  ///< where the record supports it: "Your iron is low."
  std::string maybe;      ///< where less is known: "Your iron may be low."
  std::vector<LabWords> labs;
  std::string started;  ///< {drug} began {interval} before the complaint
  std::string taken;    ///< {drug} is taken, and it began at another time or an unknown one
  std::string general;  ///< none of these
  std::string ask;      ///< what the patient may ask at the visit

  bool names_drug() const;  ///< whether its statement cannot be said without a {drug}
};

struct TestWords {
  std::string id, claim;
  std::string group;    ///< told together with the others of it; "" for alone
  std::string name;     ///< in the group's {list}: "iron"
  std::string head;     ///< alone: "You may have a vein scan."
  std::string text;     ///< alone: "It is an ultrasound."
  std::string missing;  ///< where it was never done: "There is no scan of your veins yet."
};

/// Tests told as one: "We do blood tests." "They look at {list}."
struct TestGroup {
  std::string id, head, text;
};

struct QuestionWords {
  std::string id, statement;  ///< in the first person, to be ticked
  bool date = false;          ///< a day, to be written down
};

struct Advice {
  enum class Kind { do_it, avoid };
  std::string id;
  Kind kind = Kind::do_it;
  std::string topic;  ///< of one topic only the first that holds is given; "" for none
  std::vector<std::string> claims;
  std::vector<std::string>
      causes;  ///< given where one of these is supported or possible; empty: always
  std::vector<std::string> unless_causes;     ///< never where one of these is supported or possible
  std::vector<std::string> unless_red_flags;  ///< never where one of these is present or possible
  std::string head, text;                     ///< may name the {drug} of its causes
};

struct Sign {
  std::string claim, text;
};

/// When to get help at once.
struct HelpWords {
  std::string lead;  ///< what the signs complete: "Call {number} now if you have"
  std::vector<Sign> signs;
};

struct RedFlagWords {
  std::string id, claim;
  std::string present, possible;  ///< calm, without the name of a disease; may be ""
};

/// A banner of the pack, and whether findings may be told to a patient it is shown for.
struct BannerWords {
  std::string id;
  bool findings_told = false;
};

/// What is on purpose not told, and why.
struct Untold {
  enum class What { cause, test, question };
  What what = What::cause;
  std::string id, reason;
};

struct PatientWords {
  std::string lang;     ///< BCP 47: "en"
  std::string checked;  ///< by whom: "" until a clinician who speaks it has read it
  std::vector<CauseWords> causes;
  std::vector<TestGroup> groups;
  std::vector<TestWords> tests;
  std::vector<QuestionWords> questions;
  std::vector<Advice> advice;  ///< most important first
  HelpWords emergency, same_day;
  std::vector<RedFlagWords> red_flags;
  std::vector<BannerWords> banners;
  std::vector<Untold> untold;
  Sign today;                        ///< where a test must be done today, and no red flag says so
  std::array<Sign, 3> link;          ///< what one, two or more findings could do
  std::vector<std::string> asks;     ///< what any patient may ask
  std::string list_comma, list_and;  ///< "iron, zinc and salt"

  const CauseWords* cause(std::string_view id) const;
  const TestWords* test(std::string_view id) const;
  const TestGroup* group(std::string_view id) const;
  const QuestionWords* question(std::string_view id) const;
  const RedFlagWords* red_flag(std::string_view id) const;
};

/// One text of the words, under a name that is the same in every language.
struct PatientText {
  std::string name;  ///< "cause low-iron: statement"
  std::string text;
};

/// Every text, in the order of the words: for checks, reviews and the measure of readability.
std::vector<PatientText> texts(const PatientWords& words);

/// Every claim that the words rest on, with repeats.
std::vector<std::string> claims(const PatientWords& words);

/// The names in braces, in the order of the text.
std::vector<std::string> placeholders(std::string_view text);

/// A text with its placeholders filled; one that is not given stays as it is.
std::string filled(std::string_view text,
                   const std::vector<std::pair<std::string_view, std::string>>& values);
}  // namespace legwork::causes
