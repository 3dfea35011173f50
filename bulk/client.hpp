#pragma once

#include "base/result.hpp"
#include "bulk/answer.hpp"
#include "bulk/outside.hpp"
#include "bulk/progress.hpp"
#include "bulk/tokens.hpp"

#include <chrono>

namespace legwork::bulk {
/// What judges an answer: after_kick_off or after_poll.
using After = Step (*)(const Answer& answer, Tries& tries);

/// Asks the server for what is no file. Safe to call from any thread.
class Client {
 public:
  Client(press::Address base, Tokens& tokens, const Outside& outside)
      : base_(std::move(base)), tokens_(tokens), outside_(outside) {}

  /// Asks until there is an answer to go on with, and waits in between as the server says. The
  /// token goes to the FHIR server alone. Errors: those of `after`, and of Tokens::current
  ///         unavailable  told to stop, or the time is over
  Result<press::Fetched> ask(press::Outgoing request, After after,
                             std::chrono::system_clock::time_point give_up,
                             Progress& progress) const;

  /// Tells the server that a job is not needed any more. A job that is not there is no error.
  Result<void> remove(const press::Address& job) const;

 private:
  Result<std::string> token_for(const press::Address& address) const;
  Answer ask_once(press::Outgoing request, const std::string& token) const;

  press::Address base_;
  Tokens& tokens_;
  const Outside& outside_;
};
}  // namespace legwork::bulk
