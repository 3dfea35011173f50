#pragma once

namespace legwork::app {
/// What the shell is told.
enum class Exit {
  done = 0,
  in_part =
      1,  ///< done, but some input was rejected: standard error lists it; of `verify`: it differs
  misuse = 2,   ///< the command line is wrong
  nothing = 3,  ///< nothing could be done: standard error says why
  never = 42,   ///< of `batch` and `fetch-export`: this can never work
  again = 75,   ///< of `batch` and `fetch-export`: try again; what was done is kept
};
}  // namespace legwork::app
