#include "app/explain_text.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

using namespace legwork;
using app::Ink;
using causes::Explained;
using causes::Truth;

namespace {
Explained leaf(std::string words, Truth truth) {
  Explained node;
  node.words = std::move(words);
  node.truth = truth;
  return node;
}

/// A cause of one rule that holds this criterion.
Explained cause_of(Explained criterion) {
  Explained rule;
  rule.kind = Explained::Kind::rule;
  rule.id = "taken";
  rule.rule = causes::RuleKind::strong;
  rule.words = "Strong rules: any yes makes it supported";
  rule.weight = 3;
  rule.truth = criterion.truth;
  rule.claim = causes::ClaimText{"claim-1", "It may.", "AASM 2025", causes::Origin::guideline};
  rule.children = {std::move(criterion)};
  Explained root;
  root.kind = Explained::Kind::cause;
  root.words = "A drug";
  root.status = "supported";
  root.children = {std::move(rule)};
  return root;
}
}  // namespace

TEST_CASE("An explanation shows rule, claim, answer, entry and what would tell", "[app]") {
  Explained both = leaf("all of", Truth::yes);
  both.children = {leaf("drug taken", Truth::yes), leaf("swollen legs: yes", Truth::unknown)};
  both.children[0].evidence = {
      {"MedicationRequest/m1", parse_date("2026-07"), causes::Says::context, "drug 10 mg", {}, {}}};
  both.children[1].unknown = {{"swelling", "swollen legs"}};
  Explained root = cause_of(std::move(both));
  root.children[0].decided = true;
  CHECK(to_text(root, Ink::plain) == R"(A drug: supported
Decided by taken (strong: yes).

Strong rules: any yes makes it supported
└─ ✓ yes     taken (weight 3) ◀ decides the status
   │  It may. [AASM 2025: claim-1]
   └─ ✓ yes     all of
      ├─ ✓ yes     drug taken
      │     • drug 10 mg [MedicationRequest/m1, 2026-07]
      └─ ? unknown swollen legs: yes
            → would tell: swollen legs (swelling)
)");
}

TEST_CASE("Lines stay within a hundred columns however deep and long the tree", "[app]") {
  std::string words;
  for (int i = 0; i < 60; ++i) words += "word ";
  Explained deep = leaf(words, Truth::no);
  for (int i = 0; i < 8; ++i) {
    Explained around = leaf("any of " + words, Truth::no);
    around.children = {deep, deep};
    if (i > 3) around.children.pop_back();
    deep = around;
  }
  std::istringstream lines(to_text(cause_of(deep), Ink::plain));
  for (std::string line; std::getline(lines, line);) {
    const auto width = std::count_if(line.begin(), line.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    });
    CAPTURE(line);
    CHECK(width <= 100);
  }
}

TEST_CASE("Colors stand only where they are asked for, and a chart cannot set them", "[app]") {
  const Explained root = cause_of(leaf("\x1b[31mred", Truth::yes));
  const auto plain = to_text(root, Ink::plain);
  CHECK(plain.find('\x1b') == plain.npos);
  const auto colored = to_text(root, Ink::colored);
  CHECK(colored.find("\x1b[32m✓ yes") != colored.npos);
  CHECK(colored.find("\x1b[31m") == colored.npos);
}
