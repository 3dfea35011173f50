#include "plugin/card_words.hpp"

#include "plugin/markdown.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace legwork::plugin {
namespace {
using causes::Evidence;
using causes::Says;

/// More of them tell a reader of a card nothing; the report has all.
constexpr std::size_t most_evidence = 6;

std::string_view lead(Says says) { return says == Says::against_it ? "against: " : ""; }

std::string place(const Evidence& piece) {
  std::vector<std::string> parts;
  if (piece.date) parts.push_back(iso(*piece.date));
  if (!piece.reference.empty()) parts.push_back(escape_markdown(piece.reference));
  return parts.empty() ? "" : fmt::format(" ({})", fmt::join(parts, ", "));
}
}  // namespace

std::string summary_of(std::string words, std::span<const std::string> items) {
  std::string summary = std::move(words);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto rest = items.size() - i - 1;
    const auto with = summary + (i == 0 ? " " : ", ") + items[i];
    const auto more = rest == 0 ? std::string() : fmt::format(" and {} more", rest);
    if (length(with + more) > longest_summary) {
      return i == 0 ? cut_at_word(with, longest_summary)
                    : fmt::format("{} and {} more", summary, items.size() - i);
    }
    summary = with;
  }
  return cut_at_word(summary, longest_summary);
}

void add_evidence(std::span<const Evidence> evidence, std::string_view indent,
                  std::string& detail) {
  std::size_t told = 0;
  for (const Evidence& piece : evidence) {
    if (piece.text.empty()) continue;
    if (++told > most_evidence) continue;
    detail += fmt::format("{}- {}{}{}\n", indent, lead(piece.says), escape_markdown(piece.text),
                          place(piece));
  }
  if (told > most_evidence)
    detail += fmt::format("{}- and {} more\n", indent, told - most_evidence);
}

void add_heading(std::string_view words, std::string& detail) {
  detail += fmt::format("{}**{}**\n\n", detail.empty() ? "" : "\n", words);
}

std::string sources_of(std::span<const causes::ClaimText> claims) {
  std::vector<std::string> names;
  for (const auto& claim : claims)
    if (std::ranges::find(names, claim.source) == names.end()) names.push_back(claim.source);
  return escape_markdown(fmt::format("{}", fmt::join(names, "; ")));
}

std::string in_words(const causes::Result& result) {
  std::string words = result.value;
  if (!words.empty() && !result.unit.empty()) words += ' ' + result.unit;
  if (result.date) words += (words.empty() ? "" : ", ") + iso(*result.date);
  return words;
}

void add_foot(const CardMaterial& material, std::string& detail) {
  const auto& from = material.assessment.provenance;
  for (const auto& banner : material.assessment.banners)
    detail += fmt::format("\n**{}**\n", escape_markdown(banner.text));
  if (!material.unseen.empty()) {
    std::vector<std::string> parts;
    for (const Unseen& one : material.unseen)
      parts.push_back(fmt::format("{}{} ({})", one.name, one.in_part ? ", in part" : "",
                                  escape_markdown(one.why)));
    detail += fmt::format("\n**Not seen:** {}. What was not seen is not known.\n",
                          fmt::join(parts, "; "));
  }
  const auto about = fmt::format("{}, pack {} {}, judged on {}", escape_markdown(from.pack_title),
                                 escape_markdown(from.pack_id), escape_markdown(from.pack_version),
                                 iso(material.assessment.as_of));
  const auto attributes =
      material.base_url.empty()
          ? std::string()
          : fmt::format(" [Source attributes, rules and citations]({}/basis)", material.base_url);
  detail +=
      fmt::format("\n**Basis:** {}.{} {}\n", about, attributes, escape_markdown(from.disclaimer));
}
}  // namespace legwork::plugin
