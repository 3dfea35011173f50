#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace legwork::plugin {
/// Text as GitHub-Flavored Markdown shows it, letter by letter, in the middle of a line: what a
/// chart holds cannot make a heading, a link, an image or HTML. Line breaks become spaces, control
/// characters go.
/// Source: https://github.github.com/gfm/#backslash-escapes
std::string escape_markdown(std::string_view text);

/// How long a text is for those who count it: characters, those beyond the Basic Multilingual Plane
/// twice, as JavaScript does.
std::size_t length(std::string_view text);

/// The text, or as many of its whole words as fit, with "…" for the rest.
std::string cut_at_word(std::string_view text, std::size_t longest);
}  // namespace legwork::plugin
