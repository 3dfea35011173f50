#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace legwork::report {
struct Run {
  int status;
  std::string output;  ///< and what it said on standard error
};

/// A program of someone else's, or nothing where it is not installed.
std::optional<Run> run(const std::string& program, const std::string& arguments);

/// Writes a file beside the tests, where `make test-peers` finds it, and returns its name. Tests
/// run side by side, each a program of its own: none may read what another has half written.
std::string own_file(const std::string& name, const std::string& bytes);

bool contains(const std::string& text, const std::string& part);
std::size_t count(const std::string& text, const std::string& part);
}  // namespace legwork::report
