#pragma once

#include <compare>

namespace legwork {
/// A distance on a page. Stored in PDF points (1/72 inch).
class Length {
 public:
  constexpr Length() = default;
  static constexpr Length pt(double points) { return Length(points); }
  static constexpr Length mm(double millimeters) { return Length(millimeters * 72 / 25.4); }

  constexpr double pt() const { return points_; }

  constexpr Length& operator+=(Length other) {
    points_ += other.points_;
    return *this;
  }
  constexpr Length& operator-=(Length other) {
    points_ -= other.points_;
    return *this;
  }
  friend constexpr Length operator+(Length a, Length b) { return Length(a.points_ + b.points_); }
  friend constexpr Length operator-(Length a, Length b) { return Length(a.points_ - b.points_); }
  friend constexpr Length operator-(Length a) { return Length(-a.points_); }
  friend constexpr Length operator*(Length a, double factor) { return Length(a.points_ * factor); }
  friend constexpr Length operator*(double factor, Length a) { return a * factor; }
  friend constexpr Length operator/(Length a, double divisor) {
    return Length(a.points_ / divisor);
  }
  friend constexpr double operator/(Length a, Length b) { return a.points_ / b.points_; }
  friend constexpr auto operator<=>(Length, Length) = default;

 private:
  explicit constexpr Length(double points) : points_(points) {}
  double points_ = 0;
};
}  // namespace legwork
