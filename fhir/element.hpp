#pragma once

#include "base/date.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A resource as a flat list of named elements, the same for JSON and XML, so that each mapping rule
// is written once. Arrays are what XML makes of them, neighbors of one name:
//   {"given": ["Ada", "M."]}   <given value="Ada"/><given value="M."/>   ->   given=Ada, given=M.
// Nodes stand in preorder and know the size of their subtree; one list is reused for all resources.

namespace legwork::fhir {
/// What an element's value was written as. XML does not tell text from numbers: `untyped`.
/// `unreadable` stands for what FHIR never sends: an array in an array, half of a character.
enum class Form : std::uint8_t { object, text, number, boolean, untyped, unreadable };

struct Node {
  std::string_view name;
  std::string_view value;  ///< of a primitive; a number as it was written
  std::uint32_t size = 1;  ///< nodes in the subtree, this one included
  std::uint32_t up = 0;    ///< how far before this one its parent stands; 0: the resource itself
  Form form = Form::object;
  bool in_array = false;
};

/// Deeper than any FHIR resource nests (a questionnaire's items come nearest).
inline constexpr unsigned deepest_element = 40;

/// A resource, or one element of it, read-only. An absent element is false, and empty when read.
///
/// Reading never fails on the spot: an element that is not what FHIR says it is reads as absent and
/// leaves a complaint with the resource, which is then left out as a whole.
class Element {
 public:
  class Children;

  Element() = default;
  Element(const Node& node, std::string& complaint) : node_(&node), complaint_(&complaint) {}

  explicit operator bool() const { return node_ != nullptr; }
  std::string_view name() const { return node_ ? node_->name : std::string_view(); }
  bool is_object() const { return node_ && node_->form == Form::object; }

  /// All elements inside this one, in the order of the text; those of one name.
  Children children() const;
  Children each(std::string_view name) const;

  /// The first of that name, whatever it is.
  Element find(std::string_view name) const;
  /// The only one of that name, which must be an object.
  Element object(std::string_view name) const;
  /// The only one of that name, a CodeableConcept; or a text, where a sender writes its words
  /// alone. A code alone, without its system, is neither.
  Element coded(std::string_view name) const;

  /// The primitive itself, and the one of that name inside this element.
  std::string_view text() const;
  std::optional<double> number() const;
  std::optional<bool> boolean() const;
  /// Without a complaint: nothing for what is no date.
  std::optional<DateSpan> date() const;
  std::string_view text(std::string_view name) const { return find(name).text(); }
  std::optional<double> number(std::string_view name) const { return find(name).number(); }
  std::optional<bool> boolean(std::string_view name) const { return find(name).boolean(); }

  /// Leaves a complaint, "is not a number", with the element's path before it.
  void complain(std::string_view what) const;
  /// "component.valueQuantity.value", without the resource's type.
  std::string path() const;

 private:
  const Node* node_ = nullptr;
  std::string* complaint_ = nullptr;
};

class Element::Children {
 public:
  class Iterator {
   public:
    Element operator*() const { return Element(*at_, *all_.complaint_); }
    Iterator& operator++() {
      at_ += at_->size;
      settle();
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    friend class Children;
    Iterator(const Node* at, const Children& all) : at_(at), all_(all) { settle(); }
    void settle() {
      if (all_.name_.empty()) return;
      const char first = all_.name_[0];  // tells most names apart
      while (at_ != all_.end_ && (at_->name[0] != first || at_->name != all_.name_)) {
        at_ += at_->size;
      }
    }
    const Node* at_;
    const Children& all_;
  };

  Iterator begin() const { return Iterator(begin_, *this); }
  Iterator end() const { return Iterator(end_, *this); }

 private:
  friend class Element;
  const Node* begin_ = nullptr;
  const Node* end_ = nullptr;
  std::string_view name_;  // empty: any
  std::string* complaint_ = nullptr;
};

/// The elements of one resource while a syntax reader fills them in.
class ElementList {
 public:
  struct Label {
    std::string_view name;
    bool in_array = false;
  };

  void clear();
  /// Begins an object: what is added before it is closed is inside it.
  void open(Label label);
  void close();
  void add(Label label, Form form, std::string_view value);

  const Node& root() const { return nodes_.front(); }
  bool holds(std::string_view name) const;

  /// The resource as one line of JSON, of which the same list can be made again.
  void append_json(std::string_view type, std::string& to) const;

 private:
  std::vector<Node> nodes_;
  std::size_t innermost_ = 0;  // the object that is open
};
}  // namespace legwork::fhir
