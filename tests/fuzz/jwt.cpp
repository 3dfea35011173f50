// Any text as a client's token. One that is taken has all that a token must have, within the
// limits; a reason for refusing one is there, and quotes nothing of it.
#include "plugin/jwt.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace legwork::plugin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto token = read_token(text);
  if (!token) {
    const auto& error = token.error();
    if (error.where != "Authorization" || error.what.empty()) std::abort();
    return 0;
  }
  if (text.size() > longest_token || !is_trusted_algorithm(token->algorithm)) std::abort();
  for (const auto* const part : {&token->key_id, &token->issuer, &token->id}) {
    if (part->empty() || part->size() > longest_token_text) std::abort();
  }
  const auto fit = check_claims(*token, "https://legwork.example.org/cds-services", token->issued);
  if (!fit && fit.error().what.empty()) std::abort();
  return 0;
}
