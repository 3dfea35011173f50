#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace legwork::publish {
struct Member;

/// A JSON value as FHIR writes it: members stay in the order given, and what is empty ("", a list
/// or an object with nothing in it) is left out, since FHIR knows no empty values.
class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<Member>;

  // NOLINTBEGIN(google-explicit-constructor): resources are written as nested lists of literals
  Json(std::string text);
  Json(const char* text);
  Json(Array values);
  Json(Object members);
  // NOLINTEND(google-explicit-constructor)
  static Json flag(bool value);
  /// JSON that is made already, written as it stands: a number, a resource of somebody else's.
  static Json made(std::string json);

  bool empty() const;
  /// Yes or no; nothing where this is neither.
  std::optional<bool> flag() const;
  /// What a member holds; nothing where there is none, or this is no object.
  const Json* find(const std::string& name) const;
  /// What was made already; "" where this was not.
  std::string made() const;
  /// The text; "" where this is none.
  std::string text() const;
  std::string_view text_view() const;  ///< the same, while this value lives
  /// The values; none where this is no list.
  const Array& values() const;
  /// The members; none where this is no object.
  const Object& members() const;

 private:
  struct Made {
    std::string json;
  };
  std::variant<std::string, bool, Array, Object, Made> value_;
};

struct Member {
  std::string name;
  Json value;
};

// Here, where Member is complete: a list of what is not is no value.
inline Json::Json(std::string text) : value_(std::move(text)) {}
inline Json::Json(const char* text) : value_(std::string(text)) {}
inline Json::Json(Array values) : value_(std::move(values)) {}
inline Json::Json(Object members) : value_(std::move(members)) {}

/// The text, two spaces a level, with a line break at its end.
std::string to_text(const Json& value);

/// The text on one line, for programs alone.
std::string to_line(const Json& value);
}  // namespace legwork::publish
