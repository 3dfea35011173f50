#pragma once

#include "causes/pack.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A pack as people read it: what a clinical committee needs to review it, as one value that is
/// then printed as text or as a page.
namespace legwork::publish {
/// A few words of one kind.
struct Run {
  enum class Look { plain, strong, quiet, code };
  std::string text;
  Look look = Look::plain;
  std::string target;  ///< where it leads: "#claim-low-iron-rls", a web address, or ""
};
using Line = std::vector<Run>;

/// A rule or criterion, with what it is made of.
struct Node {
  Line line;
  std::vector<Line> notes;
  std::vector<Node> children;
};

struct Table {
  struct Row {
    std::string anchor;  ///< "" where nothing leads here
    std::vector<Line> cells;
  };
  std::string caption;
  std::vector<std::string> columns;
  std::vector<Row> rows;  ///< each with a cell for each column
};

/// A part of an entry; any member may be empty.
struct Block {
  std::string heading;
  std::vector<Line> paragraphs;
  std::vector<std::pair<std::string, Line>> facts;  ///< name and what is said of it
  std::vector<Node> tree;
  std::optional<Table> table;
  std::optional<Table> detail;  ///< too long for text: there only its caption is printed
};

/// What is searched for as a whole: a cause, a test, a concept.
struct Entry {
  std::string anchor;
  std::string title;
  std::string id;
  std::vector<Block> blocks;
};

struct Section {
  std::string anchor;
  std::string title;
  std::vector<Block> intro;
  std::vector<Entry> entries;
};

struct Review {
  std::string title;
  std::vector<Section> sections;
};

/// All of the pack: nothing in it that a clinician answers for is left out.
Review review_of(const causes::Pack& pack);

/// 100 columns, no control sequences, UTF-8.
std::string to_text(const Review& review);

/// One page that needs nothing else: no request leaves it, it can be searched with a script and
/// read without one, printed, and linked into (#claim-…, #cause-…, #concept-…).
std::string to_html(const Review& review);
}  // namespace legwork::publish
