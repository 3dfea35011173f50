#include "report/color.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace legwork::report {
namespace {
using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

double linear(std::uint8_t channel) {
  const double value = channel / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

Triple linear(Color color) { return {linear(color.red), linear(color.green), linear(color.blue)}; }

Triple times(const Matrix& matrix, const Triple& v) {
  Triple result{};
  for (std::size_t i = 0; i < 3; ++i)
    result[i] = matrix[i][0] * v[0] + matrix[i][1] * v[1] + matrix[i][2] * v[2];
  return result;
}

double luminance(const Triple& rgb) { return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]; }

/// CIE 1976 L*a*b* under D65, from linear sRGB.
Triple lab(const Triple& rgb) {
  constexpr Matrix to_xyz = {{{0.4124564, 0.3575761, 0.1804375},
                              {0.2126729, 0.7151522, 0.0721750},
                              {0.0193339, 0.1191920, 0.9503041}}};
  constexpr Triple white = {0.95047, 1.0, 1.08883};
  auto xyz = times(to_xyz, rgb);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto t = xyz[i] / white[i];
    xyz[i] = t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }
  return {116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])};
}

double distance(const Triple& a, const Triple& b) {
  const auto x = lab(a), y = lab(b);
  return std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}
}  // namespace

double contrast(Color a, Color b) {
  const auto x = luminance(linear(a)), y = luminance(linear(b));
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

double least_difference(Color a, Color b) {
  constexpr Matrix all = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  constexpr Matrix protanopia = {
      {{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}}};
  constexpr Matrix deuteranopia = {
      {{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}}};
  double least = 1000;
  for (const auto& eye : {all, protanopia, deuteranopia})
    least = std::min(least, distance(times(eye, linear(a)), times(eye, linear(b))));
  return least;
}
}  // namespace legwork::report
