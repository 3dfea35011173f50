#pragma once

#include "causes/pack.hpp"
#include "publish/review.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Shared by the files that make a review; of no use outside them.
namespace legwork::publish {
// Runs.
Run plain(std::string_view text);
Run strong(std::string_view text);
Run quiet(std::string_view text);
Run code(std::string_view text);
/// Words that lead to what has this anchor in the review.
Run link(std::string_view text, std::string_view anchor);
/// The lines as one, with commas between them.
Line listed(const std::vector<Line>& lines);

/// "cause-low-iron": an anchor, unique in the review because ids are unique in their kind.
std::string anchor(std::string_view kind, std::string_view id);

/// A claim's text with a link to the claim and one to its source.
Line claim_line(std::string_view id, const causes::Pack& pack);
/// "article", or the guideline's short name.
Run source_run(const causes::Claim& claim, const causes::Pack& pack);

Line question_or_test(std::string_view id, const causes::Pack& pack);
Line concept_line(causes::ConceptId id, const causes::Pack& pack);

/// A criterion as a tree. Named criteria are not unfolded: they have a section of their own.
Node tree_of(const causes::Criterion& criterion, const causes::Pack& pack);

// Sections, in the order of the review.
Section about(const causes::Pack& pack);
Section red_flags(const causes::Pack& pack);
Section causes_section(const causes::Pack& pack);
Section tests(const causes::Pack& pack);
Section questions(const causes::Pack& pack);
Section scores(const causes::Pack& pack);
Section named_criteria(const causes::Pack& pack);
Section banners(const causes::Pack& pack);
Section drug_orders(const causes::Pack& pack);
std::vector<Section> patient_pages(const causes::Pack& pack);  ///< one a language
Section claims(const causes::Pack& pack);
Section concepts(const causes::Pack& pack);
Section sources(const causes::Pack& pack);
}  // namespace legwork::publish
