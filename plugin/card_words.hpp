#pragma once

#include "causes/assessment.hpp"
#include "plugin/cards.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The lines that cards are made of, as Markdown. Of no use outside cards.
namespace legwork::plugin {
/// As many of the whole items as fit behind the words, and how many more there are.
std::string summary_of(std::string words, std::span<const std::string> items);

/// "- amlodipine 10 mg, started 7 weeks before onset (2026-07-14, MedicationRequest/m1)"
void add_evidence(std::span<const causes::Evidence> evidence, std::string_view indent,
                  std::string& detail);

/// Who the report is not meant for, what was not seen, and what the card rests on: the end of every
/// card.
void add_foot(const CardMaterial& material, std::string& detail);

/// A heading with an empty line before it.
void add_heading(std::string_view words, std::string& detail);

/// What is meant by these claims and where they come from: "article; AASM 2025".
std::string sources_of(std::span<const causes::ClaimText> claims);

/// "ferritin 18 ug/L, 2023-05-01" of a result on file.
std::string in_words(const causes::Result& result);
}  // namespace legwork::plugin
