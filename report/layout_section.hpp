#pragma once

#include "report/layout_galley.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace legwork::report {
/// A section of which as much is set as is shown. Its rows are set when they are asked for.
struct SetSection {
  /// What is said about an entry that had no room.
  struct Name {
    std::string name, group;
  };
  Galley head;            ///< heading, rule, what cannot be cut
  std::string container;  ///< structure that holds the rows: "Table", "L", or "" for none
  Galley columns;         ///< column heads, inside the container
  std::function<Galley(std::size_t)> set_row;  ///< refers to the block and the composer
  std::vector<Galley> rows;                    ///< those set so far, most important first
  std::vector<Name> names;                     ///< of every entry
  std::size_t per_row = 1;                     ///< entries in a row
  More more;
  Galley tail;                   ///< after the rows, whatever was cut
  double deserved = 1;           ///< rows that it should have when room is short
  std::size_t limit = SIZE_MAX;  ///< most entries shown
  Length width;

  /// Height with this many rows shown, which must be set, the line about the others included.
  Length height(std::size_t rows_shown) const;
  std::size_t row_count() const { return (names.size() + per_row - 1) / per_row; }
  /// As many rows as may be shown.
  std::size_t most_rows() const { return (std::min(names.size(), limit) + per_row - 1) / per_row; }
};

/// The line that says how many entries were left out, and which.
Galley set_more(Composer& composer, const SetSection& section, std::size_t rows_shown);

/// Sets a section; `width` is narrower than the page for one of two that stand side by side.
SetSection set_section(Composer& composer, const Section& section, Length width);

// One for each kind of block; they fill rows, or the head of what is never cut.
void set_table(Composer& composer, const Table& table, Length width, SetSection& into);
void set_timeline(Composer& composer, const Timeline& timeline, Length width, SetSection& into);
void set_checks(Composer& composer, const Checks& checks, Length width, SetSection& into);
void set_statements(Composer& composer, const Statements& statements, Length width,
                    SetSection& into);
void set_callout(Composer& composer, const Callout& callout, Length width, SetSection& into);
void set_facts(Composer& composer, const Facts& facts, Length width, SetSection& into);
void set_banners(Composer& composer, const Banners& banners, Length width, SetSection& into);
void set_changes(Composer& composer, const Changes& changes, Length width, SetSection& into);
void set_actions(Composer& composer, const Actions& actions, Length width, SetSection& into);
void set_small_print(Composer& composer, const SmallPrint& print, Length width, SetSection& into);
void set_sign_off(Composer& composer, const SignOff& sign_off, Length width, SetSection& into);
void set_paragraphs(Composer& composer, const Paragraphs& block, Length width, SetSection& into);
void set_list(Composer& composer, const List& list, Length width, SetSection& into);
void set_absence(Composer& composer, const Absence& absence, Length width, SetSection& into);

/// Appends a galley below what a galley already holds.
void append(Galley& galley, Galley&& below);
}  // namespace legwork::report
