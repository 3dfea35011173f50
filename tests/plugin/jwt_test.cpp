#include "plugin/jwt.hpp"
#include "plugin/jwk.hpp"
#include "tests/plugin/signer.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::plugin;
using sample::base64url;
using sample::Signer;
using std::chrono::seconds;
using std::chrono::sys_seconds;

namespace {
constexpr std::string_view header = R"({"alg":"ES384","typ":"JWT","kid":"one"})";
constexpr std::string_view url = "https://legwork.example.org/cds-services/legwork-patient-view";
const sys_seconds now{seconds(1'800'000'000)};

/// Claims as a client sends them, one of them put in another's place, or left out ("").
std::string claims(std::string_view name = {}, std::string_view instead = {}) {
  const std::pair<std::string_view, std::string> all[] = {
      {"iss", R"("iss":"https://ehr.example.org")"},
      {"aud", fmt::format(R"("aud":"{}")", url)},
      {"exp", R"("exp":1800000240)"},
      {"iat", R"("iat":1799999940)"},
      {"jti", R"("jti":"8a7f-1")"},
  };
  std::string made;
  for (const auto& [claim, usual] : all) {
    const std::string_view member = claim == name ? instead : usual;
    if (member.empty()) continue;
    made += made.empty() ? "{" : ",";
    made += member;
  }
  return made + "}";
}

/// A token that nobody signed.
std::string unsigned_token(std::string_view head, std::string_view body) {
  return base64url(head) + "." + base64url(body) + "." + base64url(std::string(96, 's'));
}

std::string refusal(std::string_view compact) {
  const auto token = read_token(compact);
  return token ? std::string() : token.error().what;
}
}  // namespace

TEST_CASE("a token says who calls, for what address, and until when", "[plugin]") {
  const auto token = read_token(unsigned_token(
      R"({"alg":"ES384","typ":"JWT","kid":"one","jku":"https://ehr.example.org/jwks.json"})",
      claims("iss",
             R"("iss":"https://ehr.example.org","sub":"x","tenant":"north","nbf":1799999900)")));
  REQUIRE(token);
  CHECK(token->algorithm == "ES384");
  CHECK(token->key_id == "one");
  CHECK(token->key_address == "https://ehr.example.org/jwks.json");
  CHECK(token->issuer == "https://ehr.example.org");
  CHECK(token->audience == std::vector<std::string>{std::string(url)});
  CHECK(token->id == "8a7f-1");
  CHECK(token->tenant == "north");
  CHECK(token->expires == now + seconds(240));
  CHECK(token->issued == now - seconds(60));
  CHECK(token->not_before == now - seconds(100));
}

TEST_CASE("a token's header must say with what key and how it was signed", "[plugin]") {
  struct Row {
    std::string_view header, what;
  };
  const auto row = GENERATE(values<Row>({
      {R"({"alg":"none","typ":"JWT","kid":"one"})", "the token's algorithm is not taken"},
      {R"({"alg":"None","typ":"JWT","kid":"one"})", "the token's algorithm is not taken"},
      {R"({"alg":"HS256","typ":"JWT","kid":"one"})", "the token's algorithm is not taken"},
      {R"({"alg":"HS384","typ":"JWT","kid":"one"})", "the token's algorithm is not taken"},
      {R"({"alg":"RS256","typ":"JWT","kid":"one"})", "the token's algorithm is not taken"},
      {R"({"alg":"ES256","typ":"JWT","kid":"one"})", "the token's algorithm is not taken"},
      {R"({"alg":"es384","typ":"JWT","kid":"one"})", "the token's algorithm is not taken"},
      {R"({"alg":["ES384"],"typ":"JWT","kid":"one"})", "header parameter 'alg' is not a string"},
      {R"({"typ":"JWT","kid":"one"})", "header parameter 'alg' is absent"},
      {R"({"alg":"ES384","kid":"one"})", "header parameter 'typ' is absent"},
      {R"({"alg":"ES384","typ":"JOSE","kid":"one"})", "header parameter 'typ' is not JWT"},
      {R"({"alg":"ES384","typ":"JWT"})", "header parameter 'kid' is absent"},
      {R"({"alg":"ES384","typ":"JWT","kid":""})", "header parameter 'kid' is empty"},
      {R"({"alg":"ES384","typ":"JWT","kid":7})", "header parameter 'kid' is not a string"},
      {R"({"alg":"ES384","typ":"JWT","kid":"one","jku":1})",
       "header parameter 'jku' is not a string"},
      {R"({"alg":"ES384","typ":"JWT","kid":"one","crit":["exp"]})",
       "the token's header holds 'crit'"},
      {R"({"alg":"ES384","typ":"JWT","kid":"one","kid":"two"})",
       "the token's header is not a JSON object"},
      {R"({"alg":"none","alg":"ES384","typ":"JWT","kid":"one"})",
       "the token's header is not a JSON object"},
      {R"(["ES384"])", "the token's header is not a JSON object"},
      {R"({"alg":"ES384")", "the token's header is not a JSON object"},
      {"", "the token's header is not a JSON object"},
  }));
  CAPTURE(row.header);
  CHECK_THAT(refusal(unsigned_token(row.header, claims())),
             Catch::StartsWith(std::string(row.what)));
}

TEST_CASE("the type of a token may be written as RFC 7519 allows", "[plugin]") {
  const auto type =
      GENERATE(values<std::string>({"JWT", "jwt", "application/jwt", "Application/JWT"}));
  const auto head = fmt::format(R"({{"alg":"ES384","typ":"{}","kid":"one"}})", type);
  CHECK(refusal(unsigned_token(head, claims())).empty());
}

TEST_CASE("each claim that CDS Hooks requires must be there, and be what it is", "[plugin]") {
  struct Row {
    std::string_view claim, instead, what;
  };
  const auto row = GENERATE(values<Row>({
      {"iss", "", "claim 'iss' is absent"},
      {"aud", "", "claim 'aud' is absent"},
      {"exp", "", "claim 'exp' is absent"},
      {"iat", "", "claim 'iat' is absent"},
      {"jti", "", "claim 'jti' is absent"},
      {"iss", R"("iss":"")", "claim 'iss' is empty"},
      {"jti", R"("jti":"")", "claim 'jti' is empty"},
      {"jti", R"("jti":7)", "claim 'jti' is not a string"},
      {"aud", R"("aud":7)", "claim 'aud' is neither a string nor an array"},
      {"aud", R"("aud":["https://a.example.org",7])", "claim 'aud' holds what is not a string"},
      {"exp", R"("exp":"1800000240")", "claim 'exp' is not a date"},
      {"exp", R"("exp":-1)", "claim 'exp' is not a date"},
      {"exp", R"("exp":1e300)", "claim 'exp' is not a date"},
      {"exp", R"("exp":null)", "claim 'exp' is not a date"},
      {"exp", R"("exp":true)", "claim 'exp' is not a date"},
      {"iat", R"("iat":1e999)", "the token's claims are not a JSON object"},
      {"iat", R"("iat":1799999940,"nbf":"now")", "claim 'nbf' is not a date"},
      {"iat", R"("iat":1799999940,"tenant":{})", "claim 'tenant' is not a string"},
      {"jti", R"("jti":"a","jti":"b")", "the token's claims are not a JSON object"},
      {"jti", R"("jti":"a\u0000b")", "the token's claims are not a JSON object"},
      {"jti", "\"jti\":\"\xC3\"", "the token's claims are not a JSON object"},
  }));
  CAPTURE(row.claim, row.instead);
  CHECK_THAT(refusal(unsigned_token(header, claims(row.claim, row.instead))),
             Catch::StartsWith(std::string(row.what)));
}

TEST_CASE("what is no compact JWS is refused, without a word of it in the reason", "[plugin]") {
  const std::string good = unsigned_token(header, claims());
  const auto row = GENERATE_COPY(values<std::string>({
      "",
      ".",
      "..",
      "...",
      "Planted.Planted.Planted",
      good.substr(0, good.size() / 2),
      good.substr(0, good.rfind('.')),
      good.substr(0, good.rfind('.') + 1),
      good + ".Planted",
      good + "=",
      good + "\n",
      " " + good,
      base64url(header) + "+" + good,
      good.substr(0, good.rfind('.') + 1) + "!!!!",
      std::string(longest_token + 1, 'A'),
      std::string(1'000'000, '.'),
  }));
  const std::string what = refusal(row);
  CHECK(what.starts_with("the token"));
  CHECK(what.find("Planted") == what.npos);
}

TEST_CASE("a token or an id beyond the limits is refused", "[plugin]") {
  const auto with_id = [](std::size_t size) {
    return unsigned_token(header,
                          claims("jti", fmt::format(R"("jti":"{}")", std::string(size, 'j'))));
  };
  CHECK(refusal(with_id(longest_token_text)).empty());
  CHECK(refusal(with_id(longest_token_text + 1)) == "claim 'jti' is longer than 512 bytes");
  CHECK(refusal(with_id(longest_token)) == "the token is longer than 8192 characters");
}

TEST_CASE("a token is for the address that was called, and no other", "[plugin]") {
  struct Row {
    std::string audience;
    bool fits;
  };
  const std::string called(url);
  const auto row = GENERATE_COPY(values<Row>({
      {'"' + called + '"', true},
      {'"' + called + "/\"", true},
      {R"(["https://other.example.org",")" + called + "\"]", true},
      {'"' + called + "//\"", false},
      {'"' + called + "-2\"", false},
      {'"' + called + "?x\"", false},
      {'"' + called.substr(0, called.size() - 1) + '"', false},
      {R"("https://legwork.example.org")", false},
      {R"("https://legwork.example.org/cds-services")", false},
      {R"("HTTPS://LEGWORK.EXAMPLE.ORG/cds-services/legwork-patient-view")", false},
      {R"("http://legwork.example.org/cds-services/legwork-patient-view")", false},
      {R"("https://evil.example.org/?https://legwork.example.org/cds-services/legwork-patient-view")",
       false},
      {"\"\"", false},
      {"[]", false},
  }));
  CAPTURE(row.audience);
  const auto token = read_token(unsigned_token(header, claims("aud", "\"aud\":" + row.audience)));
  REQUIRE(token);
  CHECK(check_claims(*token, url, now).has_value() == row.fits);
  CHECK(check_claims(*token, called + "/", now).has_value() == row.fits);
}

TEST_CASE("a token is for now, give or take a minute", "[plugin]") {
  struct Row {
    long issued, expires, not_before;  // seconds from now
    std::string what;
  };
  const auto row = GENERATE(values<Row>({
      {-60, 240, -60, ""},
      {59, 240, 0, ""},
      {60, 240, 0, ""},
      {61, 240, 0, "claim 'iat' is in the future: compare the clocks"},
      {-300, -59, 0, ""},
      {-300, -60, 0, "the token has expired"},
      {-300, -3000, 0, "the token has expired"},
      {0, 3660, 0, ""},
      {0, 3661, 0, "claim 'exp' is more than an hour ahead: make a token for each call"},
      {30, 20, 0, "claim 'iat' is after 'exp'"},
      {0, 240, 60, ""},
      {0, 240, 61, "claim 'nbf' is in the future"},
  }));
  Token token;
  token.audience = {std::string(url)};
  token.issued = now + seconds(row.issued);
  token.expires = now + seconds(row.expires);
  token.not_before = now + seconds(row.not_before);
  const auto fit = check_claims(token, url, now);
  CHECK((fit ? "" : fit.error().what) == row.what);
}
