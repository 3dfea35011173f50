#include "plugin/chunks.hpp"

#include <catch2/catch.hpp>

using namespace legwork::plugin;
using State = Chunks::State;

TEST_CASE("chunks make one body, however they are cut on the way", "[plugin]") {
  const std::string sent = "4;name=value\r\nWiki\r\n0A\r\npedia in\r\n\r\n0\r\nX: y\r\n\r\nGET /";
  for (std::size_t piece = 1; piece <= sent.size(); ++piece) {
    CAPTURE(piece);
    Chunks chunks(1000);
    std::string body;
    std::size_t at = 0;
    auto state = State::more;
    while (state == State::more && at < sent.size()) {
      const auto taken = chunks.take(std::string_view(sent).substr(at, piece), body);
      at += taken.bytes;
      state = taken.state;
    }
    CHECK(state == State::done);
    CHECK(body == "Wikipedia in\r\n");
    CHECK(sent.substr(at) == "GET /");
  }
}

TEST_CASE("chunks that are not sound are refused", "[plugin]") {
  struct Row {
    std::string sent;
    State state;
  };
  const auto row = GENERATE(values<Row>({
      {"\r\n", State::malformed},
      {"x\r\n", State::malformed},
      {"-1\r\n", State::malformed},
      {"0x1\r\n", State::malformed},
      {"1\n", State::malformed},
      {"1\ra\r\n", State::malformed},
      {"1\r\nab\r\n", State::malformed},
      {"1\r\na\n", State::malformed},
      {"1" + std::string(300, ' '), State::malformed},
      {"ffffffffffffffffff\r\n", State::malformed},
      {"ffffffffffffffff\r\n", State::too_large},
      {"b\r\n", State::too_large},
      {"6\r\nabcdef\r\n6\r\n", State::too_large},
  }));
  CAPTURE(row.sent);
  Chunks chunks(10);
  std::string body;
  CHECK(chunks.take(row.sent, body).state == row.state);
}
