#pragma once

#include "causes/assessment.hpp"
#include "causes/since.hpp"
#include "report/page.hpp"
#include "report/template.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace legwork::report {
/// How a stretch of text is set apart from its neighbors. `claim` is the only italic.
enum class Tone : std::uint8_t { plain, strong, quiet, alarm, claim };

struct Words {
  std::string text;
  Tone tone = Tone::plain;
  std::string link = {};  ///< where a reader finds what these words rest on: an http(s) address
};

/// A paragraph.
using Text = std::vector<Words>;

/// A drawn sign. Words beside it always say the same.
enum class Sign : std::uint8_t {
  none,
  full,   ///< evidence on file
  half,   ///< possible
  open,   ///< not assessed
  minus,  ///< less likely
  now,    ///< three steps, in the signal color
  three_steps,
  two_steps,
  one_step,
};

/// Says how many entries of a list had no room.
struct More {
  Wording::Entry words;   ///< "and {count} more: {names}"
  std::string separator;  ///< between the names
};

struct TextCell {
  Text text;
  Text below = {};  ///< smaller, under it; may be empty
  Sign sign = Sign::none;
};

/// A number that is read at a glance.
struct Reading {
  std::string number, unit;
  std::string chip;    ///< "LOW"; "" inside the limits
  bool stale = false;  ///< too old to lean on: set in grey
};

/// Where a value lies in the laboratory's own limits.
struct RangeBar {
  double value = 0;
  std::optional<double> low, high;  ///< neither: `without` is printed instead of a bar
  std::string low_text, high_text;
  std::string without;
  std::string alternative;  ///< the same facts as a sentence
};

/// The last few values of one test, oldest first.
struct Trend {
  std::vector<double> values;  ///< fewer than two: `without` is printed instead
  std::optional<double> low, high;
  std::string without;
  std::string alternative;
};

using Cell = std::variant<TextCell, Reading, RangeBar, Trend>;

struct Column {
  std::string heading;
  double width;  ///< in proportion to the others
};

/// The first cell is the row's heading.
struct Row {
  std::vector<Cell> cells;
  Text note = {};     ///< under the row, from its second column to the right margin; may be empty
  std::string name;   ///< what `More` calls it
  std::string group;  ///< stands once before the names that share it; may be ""
};

struct Table {
  std::vector<Column> columns;
  std::vector<Row> rows;  ///< most important first: a list is cut from its end
  More more;
  std::vector<TextCell> legend;
};

/// Medicines against the onset, on an axis that ends on the day of the report.
struct Timeline {
  struct Tick {
    double at;               ///< 0 to 1: from the axis' beginning to its end; so are all places
    std::string text, year;  ///< the year only where it is new
  };
  struct Lane {
    Text name;
    std::string below;  ///< when, and when seen from the onset: what the bar shows, in words
    std::string label;  ///< stands in the bar where it has room
    double from = 0, to = 1;
    bool start_known = true;
    bool began_earlier = false;  ///< than the axis
    bool linked = false;         ///< to a cause: filled, else an outline
    std::string alternative;     ///< the same facts as a sentence
  };
  std::string names;  ///< heads the names
  std::vector<Tick> ticks;
  std::optional<double> onset;
  std::string onset_label;  ///< also says when the onset is not known
  std::string today;
  std::vector<Lane> lanes;  ///< most important first
  More more;
};

/// One line to tick.
struct Check {
  std::string id;  ///< of the question
  std::string text, below;
};

/// Questions with room for a tick, in two columns.
struct Checks {
  std::vector<Check> items;  ///< most important first
  More more;
};

/// Small facts, a label over each value.
struct Facts {
  struct Fact {
    std::string label, value;
  };
  std::vector<Fact> facts;
};

/// A few numbered statements.
struct Statements {
  struct Statement {
    Text headline, detail;
  };
  std::vector<Statement> items;
};

/// The red flags.
struct Callout {
  struct Item {
    std::string id;  ///< of the red flag
    Text text;       ///< what to look for, or what was found
    std::string action;
    bool found = false;  ///< recorded: no box to tick
  };
  std::string heading;
  Text lead;
  std::vector<Item> items;  ///< found ones first
  Text closing;             ///< after the items; may be empty
  bool alarm = false;       ///< something was found: solid, full width
};

/// What to do first, in one line.
struct Actions {
  std::string label;
  std::vector<std::string> actions;
  std::string pointer;  ///< where the whole list is
};

/// What changed since an earlier report, told in a few lines.
struct Changes {
  std::string label;          ///< since when
  std::vector<Text> entries;  ///< most important first
  Text closing;               ///< what was not told, and what else to know; may be empty
};

/// Paragraphs in body size, each on its panel.
struct Banners {
  std::vector<Text> banners;
};

/// Small print. What must be there is `kept`: each paragraph has its lines however short room is,
/// up to a bound that only a pack with a novel for a disclaimer would meet.
struct SmallPrint {
  std::vector<Text> paragraphs;
  bool kept = false;
};

/// Lines to sign on.
struct SignOff {
  std::vector<std::string> labels;
};

/// Paragraphs in body size.
struct Paragraphs {
  std::vector<Text> texts;
};

/// A list, most important first: it is cut from its end.
struct List {
  enum class Signs : std::uint8_t { bullets, numbers, boxes };
  std::string id;  ///< tells its boxes from those of other lists
  Signs signs = Signs::bullets;
  std::vector<Text> items;
  std::vector<std::string> ids;  ///< of what each item was filled from; "" for the template's words
  More more;
};

/// A sentence where there is nothing to show.
struct Absence {
  std::string sentence;
};

using Block = std::variant<Absence, Facts, Banners, Callout, Statements, Changes, Actions, Table,
                           Timeline, Checks, SmallPrint, SignOff, Paragraphs, List>;

struct Section {
  SectionId id;
  std::string heading, note;  ///< the heading may be "": then the block speaks for itself
  Block block;
  Text tail = {};                ///< stands after the block, whatever was cut
  std::size_t limit = SIZE_MAX;  ///< most entries of the block's list, whatever the room
  bool goes_on = false;          ///< belongs to the section above it
};

/// What is to be printed: wording and order are decided, sizes and places are not.
struct Document {
  std::string language, title, subject;
  Paper paper = Paper::a4;
  Brand brand;
  Text complaint;                     ///< under the title
  std::string read_on;                ///< "Record as of 14-Mar-2025"
  std::string status;                 ///< "DRAFT – not yet reviewed"
  std::string watermark;              ///< "DRAFT", across every page; may be ""
  std::string running_head;           ///< from the second page on
  std::string surname_first;          ///< "ELLISON, Margaret"
  std::vector<std::string> identity;  ///< what follows the name in every foot, as far as it fits
  std::vector<std::string> header, footer;  ///< further lines on every page
  std::string foot_note;
  std::string page_of;                      ///< "Page {page} of {pages}"
  std::vector<std::vector<Section>> pages;  ///< at most so many; a full one hands on to the next
};

/// Words and order for an assessment, as the template has them. Cannot fail: what the record does
/// not hold is said in words. Where `since` is given and the template has the section, it is told
/// what changed.
Document make_document(const causes::Assessment& assessment, const Template& form,
                       const causes::Since* since = nullptr);
}  // namespace legwork::report
