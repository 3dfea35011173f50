#pragma once

#include <string>
#include <tl/expected.hpp>

namespace legwork {
/// What a caller can do about an error.
enum class ErrorKind {
  malformed,    ///< the text is not what it claims to be: mend the text
  unsupported,  ///< well formed, but not for us: send something else
  missing,      ///< something needed is not there: supply it
  unavailable,  ///< the outside did not answer or a limit was met: try again, or raise the limit
};

/// Why something was refused. Both strings may be logged: no patient data in either.
struct Error {
  ErrorKind kind;
  std::string where;  ///< exact enough to click: "chart.json:17", "Bundle.entry[7]"
  std::string what;   ///< one lower-case clause: "code is absent"
};

template <class T>
using Result = tl::expected<T, Error>;

/// A refusal as a Result of any type.
inline tl::unexpected<Error> refuse(ErrorKind kind, std::string where, std::string what) {
  return tl::unexpected<Error>(Error{kind, std::move(where), std::move(what)});
}
}  // namespace legwork
