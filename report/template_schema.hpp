#pragma once

#include <string>

namespace legwork::report {
/// The XML Schema of templates, for editors: what elements there are, what they hold and which
/// words an attribute knows. It is wider than read_template(), which checks what XSD cannot say.
/// Source: https://www.w3.org/TR/xmlschema-1/
std::string template_schema();
}  // namespace legwork::report
