#pragma once

#include <cstdint>

namespace legwork::report {
struct Color {
  std::uint8_t red = 0, green = 0, blue = 0;
  friend bool operator==(Color, Color) = default;
};

/// Contrast of two colors, 1 to 21.
/// Source: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
double contrast(Color a, Color b);

/// How far apart two colors look to the eye that tells them apart worst: the least of the distances
/// (CIE 1976 ΔE) for full color vision, protanopia and deuteranopia.
/// Source of the simulation: Viénot, Brettel, Mollon 1999 (Color Res. Appl. 24:243), as the
/// matrices of https://github.com/DaltonLens/libDaltonLens have it
double least_difference(Color a, Color b);
}  // namespace legwork::report
