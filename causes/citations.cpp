#include "causes/citations.hpp"

#include <string_view>
#include <unordered_set>

namespace legwork::causes {
namespace {
using Ids = std::unordered_set<std::string_view>;

void add(const std::vector<ClaimText>& claims, Ids& ids) {
  for (const ClaimText& claim : claims) ids.insert(claim.id);
}

void add(const std::vector<Evidence>& evidence, Ids& ids) {
  for (const Evidence& piece : evidence) ids.insert(piece.claim);
}

/// Views of ids that the assessment holds.
Ids named_in(const Assessment& assessment) {
  Ids ids;
  for (const auto& flag : assessment.red_flags) {
    add(flag.claims, ids);
    add(flag.evidence, ids);
  }
  for (const auto& cause : assessment.causes) {
    add(cause.claims, ids);
    add(cause.evidence, ids);
  }
  for (const auto& item : assessment.workup) {
    ids.insert(item.claim.id);
    for (const auto& caution : item.cautions) ids.insert(caution.claim.id);
  }
  for (const auto& banner : assessment.banners) ids.insert(banner.claim.id);
  for (const auto& score : assessment.scores) ids.insert(score.claim.id);
  return ids;
}
}  // namespace

std::vector<CitedClaim> cited_claims(const Assessment& assessment, const Pack& pack) {
  const Ids ids = named_in(assessment);
  std::vector<CitedClaim> cited;
  for (const Claim& claim : pack.claims) {
    if (!ids.contains(claim.id)) continue;
    CitedClaim one{pack.claim_text(claim), pack.provenance.article, {}, {}};
    if (claim.source) {
      const Source& source = pack.sources[*claim.source];
      one.citation = source.title;
      one.url = source.url;
      one.verified = source.verified;
    }
    cited.push_back(std::move(one));
  }
  return cited;
}
}  // namespace legwork::causes
