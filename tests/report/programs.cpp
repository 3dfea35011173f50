#include "tests/report/programs.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace legwork::report {
std::optional<Run> run(const std::string& program, const std::string& arguments) {
  if (std::system(("command -v " + program + " >/dev/null").c_str()) != 0) {
    WARN(program << " is not installed: not checked");
    return std::nullopt;
  }
  FILE* pipe = popen((program + " " + arguments + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
  return Run{pclose(pipe), output};
}

std::string own_file(const std::string& name, const std::string& bytes) {
  const auto own = std::to_string(::getpid()) + "-" + name;
  std::ofstream(own, std::ios::binary) << bytes;
  std::filesystem::rename(own, name);
  return name;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}
}  // namespace legwork::report
