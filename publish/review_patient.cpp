#include "causes/patient_words.hpp"
#include "publish/review_parts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

// What the pack says to patients: each text with what it stands for and the claim it rests on, a
// section for each language, and what is kept from the page, with the reason.

namespace legwork::publish {
namespace {
using namespace causes;

std::string_view kind_of(Untold::What what) {
  switch (what) {
    case Untold::What::cause:
      return "cause";
    case Untold::What::test:
      return "test";
    case Untold::What::question:
      return "question";
  }
  return {};
}

Block state(const PatientWords& words) {
  Block block;
  block.facts = {
      {"Checked by",
       {plain(words.checked.empty() ? "nobody yet: no clinician who speaks this language "
                                      "has read these words for the pack"
                                    : words.checked)}}};
  return block;
}

Block sayings(const PatientWords& words) {
  Table table{"All that the page may say", {"What it is for", "Words"}, {}};
  for (const auto& [name, text] : texts(words))
    table.rows.push_back({{}, {{code(name)}, {plain(text)}}});
  Block block;
  block.heading = "Words";
  block.table = std::move(table);
  return block;
}

std::string condition_of(const Advice& advice) {
  const auto some = [](std::string_view before, const std::vector<std::string>& ids) {
    return ids.empty() ? std::string{} : fmt::format("{} {}", before, fmt::join(ids, ", "));
  };
  auto text = advice.causes.empty() ? "always" : some("supported or possible:", advice.causes);
  if (!advice.unless_causes.empty())
    text += some("; never where supported or possible:", advice.unless_causes);
  if (!advice.unless_red_flags.empty())
    text += some("; never under the red flags", advice.unless_red_flags);
  return text;
}

Block advice_block(const PatientWords& words, const Pack& pack) {
  Table table{"Advice, and when it is given", {"Advice", "Given", "Claims"}, {}};
  for (const auto& advice : words.advice) {
    std::vector<Line> claims;
    for (const auto& id : advice.claims) claims.push_back(claim_line(id, pack));
    table.rows.push_back({{},
                          {{strong(advice.head), plain(" " + advice.text)},
                           {plain(condition_of(advice))},
                           listed(claims)}});
  }
  Block block;
  block.heading = "Advice";
  block.table = std::move(table);
  return block;
}

Block untold_block(const PatientWords& words) {
  Table table{"Kept from the page", {"What", "Id", "Why"}, {}};
  for (const auto& it : words.untold)
    table.rows.push_back({{}, {{plain(kind_of(it.what))}, {code(it.id)}, {plain(it.reason)}}});
  Block block;
  block.heading = "Untold";
  block.table = std::move(table);
  return block;
}

Block claims_block(const PatientWords& words, const Pack& pack) {
  Table table{"Claims that the words rest on", {"Of", "Claim"}, {}};
  const auto row = [&](std::string of, std::string_view claim) {
    table.rows.push_back({{}, {{code(of)}, claim_line(claim, pack)}});
  };
  for (const auto& it : words.causes) row("cause " + it.id, it.claim);
  for (const auto& it : words.tests) row("test " + it.id, it.claim);
  for (const auto& it : words.red_flags) row("red-flag " + it.id, it.claim);
  for (const auto& it : words.emergency.signs) row(it.text, it.claim);
  for (const auto& it : words.same_day.signs) row(it.text, it.claim);
  Block block;
  block.heading = "Claims";
  block.table = std::move(table);
  return block;
}
}  // namespace

std::vector<Section> patient_pages(const Pack& pack) {
  std::vector<Section> sections;
  for (const auto& words : pack.patient)
    sections.push_back({"patient-" + words.lang,
                        fmt::format("What the patient reads ({})", words.lang),
                        {state(words), sayings(words), advice_block(words, pack),
                         claims_block(words, pack), untold_block(words)},
                        {}});
  return sections;
}
}  // namespace legwork::publish
