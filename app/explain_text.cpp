#include "app/explain_text.hpp"

#include "app/tell.hpp"
#include "base/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace legwork::app {
namespace {
using causes::Explained;
using causes::Truth;
using Kind = Explained::Kind;

constexpr std::size_t page_width = 100;

/// What stands before the words of a node: an answer as a sign and as a word, of one width.
std::string_view sign(Truth truth) {
  switch (truth) {
    case Truth::yes:
      return "✓ yes     ";
    case Truth::no:
      return "✗ no      ";
    case Truth::unknown:
      return "? unknown ";
  }
  return {};
}

/// Select Graphic Rendition, ECMA-48.
std::string_view color(Truth truth) {
  switch (truth) {
    case Truth::yes:
      return "32";
    case Truth::no:
      return "2";
    case Truth::unknown:
      return "33";
  }
  return {};
}

std::string words_of(const Explained& node) {
  switch (node.kind) {
    case Kind::rule:
      return node.weight == 0 ? node.id : fmt::format("{} (weight {})", node.id, node.weight);
    case Kind::item:
      return fmt::format("{} ({:+} {})", node.words, node.weight,
                         std::abs(node.weight) == 1 ? "point" : "points");
    case Kind::score:
      return fmt::format("{}: {}", node.words, node.status);
    case Kind::cause:
    case Kind::red_flag:
    case Kind::criterion:
      return node.status.empty() ? node.words
                                 : fmt::format("{} (it is {})", node.words, node.status);
  }
  return {};
}

/// The tree under construction. What comes from the chart passes through `printable`.
class Tree {
 public:
  explicit Tree(Ink ink) : ink_(ink) {}

  void root(const Explained& found) {
    line("", "", fmt::format("{}: {}", found.words, found.status), "1");
    line("", "", why(found), "");
    for (std::size_t i = 0; i < found.children.size(); ++i) {
      const Explained& rule = found.children[i];
      const bool first = i == 0 || found.children[i - 1].rule != rule.rule;
      const bool last = i + 1 == found.children.size() || found.children[i + 1].rule != rule.rule;
      if (first) {
        text_ += '\n';
        line("", "", rule.words, "1");
      }
      node(rule, "", last);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  static std::string why(const Explained& found) {
    std::string rules;
    for (const Explained& rule : found.children) {
      if (!rule.decided) continue;
      rules += fmt::format("{}{} ({}: {})", rules.empty() ? "" : ", ", rule.id,
                           causes::word(*rule.rule), causes::word(*rule.truth));
    }
    return rules.empty() ? "No rule settles it; where the answer is unknown, the lines below say "
                           "what would tell."
                         : "Decided by " + rules + ".";
  }

  void node(const Explained& of, const std::string& before, bool last) {
    const std::string below = before + (last ? "   " : "│  ");
    answer(of, before + (last ? "└─ " : "├─ "), below);
    const std::string notes = below + (of.children.empty() ? "   " : "│  ");
    if (of.claim) {
      line(notes, notes, fmt::format("{} [{}: {}]", of.claim->text, of.claim->source, of.claim->id),
           "2");
    }
    for (const auto& piece : of.evidence) evidence(piece, notes);
    for (const auto& asked : of.unknown) {
      line(notes + "→ ", notes + "  ", fmt::format("would tell: {} ({})", asked.label, asked.id),
           "");
    }
    if (of.truth == Truth::unknown && of.children.empty() && of.evidence.empty() &&
        of.unknown.empty()) {
      line(notes + "→ ", notes + "  ", "the chart does not say", "");
    }
    for (const Explained& child : of.children) node(child, below, &child == &of.children.back());
  }

  void answer(const Explained& of, const std::string& first, const std::string& rest) {
    const std::string words = words_of(of) + (of.decided ? " ◀ decides the status" : "");
    if (!of.truth) return line(first, rest, words, "");
    const std::string_view says = sign(*of.truth);
    line(first + set(says, color(*of.truth)), rest + std::string(columns(says), ' '), words,
         of.decided ? "1" : "", columns(first) + columns(says));
  }

  void evidence(const causes::Evidence& piece, const std::string& notes) {
    std::string where = piece.reference;
    if (piece.date) where += (where.empty() ? "" : ", ") + iso(*piece.date);
    line(notes + "• ", notes + "  ",
         where.empty() ? piece.text : fmt::format("{} [{}]", piece.text, where), "");
  }

  /// Words with what stands before their first line and before the others; `taken` is the width of
  /// the former where it holds more than it shows.
  void line(const std::string& first, const std::string& rest, std::string_view words,
            std::string_view look, std::size_t taken = 0) {
    const std::size_t used = taken != 0 ? taken : columns(first);
    const std::size_t limit = std::max<std::size_t>(page_width - std::min(page_width, used), 30);
    bool start = true;
    for (const auto& part : wrap(words, limit)) {
      text_ += (start ? first : rest) + set(printable(part), look) + '\n';
      start = false;
    }
  }

  std::string set(std::string_view words, std::string_view look) const {
    if (ink_ == Ink::plain || look.empty()) return std::string(words);
    return fmt::format("\x1b[{}m{}\x1b[0m", look, words);
  }

  Ink ink_;
  std::string text_;
};
}  // namespace

std::string to_text(const Explained& explained, Ink ink) {
  Tree tree(ink);
  tree.root(explained);
  return tree.take();
}
}  // namespace legwork::app
