#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::report {
/// For whom a document is.
enum class DocumentKind { clinician, patient };

/// What a template can repeat over.
enum class Collection { causes, red_flags, questions, workup, results, medications };

/// A collection as templates know it.
struct CollectionKind {
  std::string_view name;
  Collection collection;
  std::string_view fields;    ///< what stands in braces inside a repetition, separated by spaces
  std::string_view statuses;  ///< what `status` may choose, separated by spaces
};

std::span<const CollectionKind> collection_kinds();

/// What may stand in braces outside a repetition, separated by spaces.
inline constexpr std::string_view document_fields = "born date name title";

/// Which entries of a collection are meant.
struct Query {
  Collection over{};
  std::vector<std::string> status;  ///< one of these; empty: any
  std::string id;                   ///< this one; "": any
};

/// An element of a section that a template describes itself.
struct Element {
  enum class Kind {
    text,
    list,
    item,
    table,
    column,
    row,
    cell,
    figure,
    repeat,
    when,
  };
  enum class Style { plain, strong, quiet, alarm, bullets, numbers, boxes };
  enum class Figure { none, timeline, range, trend };

  Kind kind{};
  std::string text;              ///< of text, item, column, cell; with placeholders
  Style style = Style::plain;    ///< of a text (tone) or a list (signs)
  Figure figure = Figure::none;  ///< of a figure, or of the figure that a cell is
  double width = 1;              ///< of a column, in proportion to the others
  Query query = {};              ///< of repeat and when
  std::size_t limit = SIZE_MAX;  ///< of a list or table: most entries shown
  bool absent = false;           ///< of when: nothing may be found, instead of something
  std::vector<Element> children = {};
};

/// A section that a template describes itself.
struct OwnSection {
  std::string name;           ///< "own-2" for the second of a template
  std::string heading, note;  ///< with placeholders; "" for none
  std::vector<Element> elements;
};
}  // namespace legwork::report
