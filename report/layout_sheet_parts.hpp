#pragma once

#include "report/layout_galley.hpp"
#include "report/sheet.hpp"

#include <cstddef>

/// Shared by the files that lay out a sheet; of no use outside them.
namespace legwork::report {
/// The type of a sheet: large, and few sizes.
struct SheetType {
  explicit SheetType(const Palette& color);
  Style title, lead, sender, name, message, heading, strong, body, phone, number;
};

/// How much of a sheet is shown.
struct Amounts {
  std::size_t cards = 3, next = 4, until_then = 4, tell = 6, ask = 3;
  std::size_t lines = 5;          ///< most of a text in a list or a card
  std::size_t message_lines = 7;  ///< most of the message
  bool tell_beside_ask = false;   ///< in one column each, instead of one below the other
};

/// One way to set a sheet.
struct SheetSetter {
  Composer& composer;
  const Sheet& sheet;
  const SheetType& type;
  const Amounts& amounts;

  Galley head() const;  ///< sender, name, title
  Galley message() const;
  Galley found() const;
  Galley next(Length width) const;
  Galley until_then(Length width) const;
  Galley help() const;
  Galley tell(Length width) const;  ///< in as many columns as the width has room for
  Galley ask(Length width) const;
  Galley foot() const;

 private:
  const Look& look() const { return composer.look(); }
  Length heading(Galley& galley, const std::string& text, Length width) const;
  Length card(Galley& galley, const Sheet::Card& card, Slot slot) const;
  Length step(Galley& galley, const Sheet::Step& step, Slot slot, Node node) const;
  Length tick(Galley& galley, const Sheet::Tick& tick, Slot slot, Node list) const;
  Length signs(Galley& galley, const Sheet::Column& column, Slot slot) const;
};

/// Draws an icon in a square of this size.
void draw_icon(Galley& galley, causes::Icon icon, Point top_left, Length size, Color color);
void draw_check(Galley& galley, Point top_left, Length size, Color color);
void draw_cross(Galley& galley, Point top_left, Length size, Color color);
/// A number line with its mark and labels; returns its height.
Length draw_number_line(Galley& galley, Composer& composer, const NumberLine& line,
                        const SheetType& type, Slot slot);
}  // namespace legwork::report
