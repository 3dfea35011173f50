#include "app/differences.hpp"

#include <fmt/format.h>

namespace legwork::app {
namespace {
using report::MadeFrom;

/// A file that is given on the command line, or not.
void compare_given(const std::string& then, const std::string& now, std::string_view what,
                   std::string_view option, std::vector<std::string>& found) {
  if (then == now) return;
  if (now.empty())
    found.push_back(fmt::format("it was made with {}; give the same with {}", what, option));
  else if (then.empty())
    found.push_back(fmt::format("it was made without {}; leave out {}", what, option));
  else
    found.push_back(
        fmt::format("it was made with {} of other content than {} gives now", what, option));
}

void compare_pack(const MadeFrom& then, const MadeFrom& now, std::vector<std::string>& found) {
  if (then.pack != now.pack || then.pack_version != now.pack_version)
    found.push_back(
        fmt::format("it was made with pack {} {}, and here is {} {}; give the other with --pack",
                    then.pack, then.pack_version, now.pack, now.pack_version));
  else if (then.pack_digest != now.pack_digest)
    found.push_back(fmt::format("it was made with pack {} {} too, but of other files than are here",
                                then.pack, then.pack_version));
}

/// What decides the look of the pages: where one of these differs, bytes cannot be compared.
void compare_making(const MadeFrom& then, const MadeFrom& now, std::vector<std::string>& found) {
  if (then.program != now.program)
    found.push_back(fmt::format(
        "it was made by legwork {}, and this is {}: pages cannot be compared byte by byte",
        then.program, now.program));
  if (then.layout_digest != now.layout_digest)
    found.push_back(
        "it was made with another template: pages cannot be compared byte by byte; give the "
        "template with --template");
  if (then.profile != now.profile)
    found.push_back(
        fmt::format("it was made with --profile {}; here it is {}", then.profile, now.profile));
  // Other words may need other fonts: then these are no reason of their own
  if (then.fonts_digest != now.fonts_digest && then.assessment_digest == now.assessment_digest)
    found.push_back("it was made with other fonts: pages cannot be compared byte by byte");
}
}  // namespace

std::vector<std::string> differences(const MadeFrom& then, const MadeFrom& now, Bytes bytes) {
  std::vector<std::string> found;
  if (bytes == Bytes::changed) found.emplace_back("the file was changed after it was written");
  const bool same_assessment = then.assessment_digest == now.assessment_digest;
  if (!same_assessment) found.push_back("the chart gives another assessment now");
  compare_pack(then, now, found);
  compare_given(then.codes_digest, now.codes_digest, "a site's own codes", "--codes", found);
  compare_given(then.answers_digest, now.answers_digest, "answers beside the chart", "--answers",
                found);
  compare_given(then.previous_digest, now.previous_digest, "an earlier assessment", "--previous",
                found);
  compare_given(then.onset, now.onset, "an onset", "--onset", found);
  compare_making(then, now, found);
  if (found.empty() && then.words_digest != now.words_digest)
    found.emplace_back(
        "the chart now has other details that the pages show (numbers, allergies, earlier "
        "results)");
  if (found.empty())
    found.emplace_back(
        "the pages say the same, but are drawn in other bytes: by other versions of the libraries, "
        "or the file was changed and sealed anew");
  if (same_assessment) found.emplace_back("the assessment is the same");
  return found;
}
}  // namespace legwork::app
