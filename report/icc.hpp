#pragma once

#include <string>

namespace legwork::report {
/// The sRGB color space as an ICC profile (version 2.1, matrix and tone curves), computed here so
/// that no one else's bytes need a licence. A PDF/A names by it what its colors mean.
/// Source: ICC.1:2001-04; IEC 61966-2-1
std::string srgb_profile();
}  // namespace legwork::report
