#pragma once

#include "report/document.hpp"

#include <string>
#include <string_view>

/// What the forms that are markup share. Of no use outside `report`.
namespace legwork::report {
/// The text without what neither HTML nor XML may hold: control characters and noncharacters.
std::string clean(std::string_view text);

/// Text as HTML and XML take it, in an element or in an attribute in double quotes. Line breaks
/// stay; what neither allows becomes U+FFFD.
std::string escaped(std::string_view text);

/// The same, a line break shown as one.
std::string escaped_lines(std::string_view text);

/// The words of a paragraph, each stretch in the element that its tone asks for.
std::string markup(const Text& text);

/// An element around markup that is made already; nothing where there is nothing to put in.
std::string element(std::string_view tag, std::string_view inner);
std::string element(std::string_view tag, std::string_view css_class, std::string_view inner);

/// Whether a language (BCP 47) is written from right to left.
bool runs_right_to_left(std::string_view language);
}  // namespace legwork::report
