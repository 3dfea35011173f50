#include "fhir/element.hpp"

#include <array>

// What a list holds as JSON again, so that it can be put aside and read later.

namespace legwork::fhir {
namespace {
/// Without a way out of the loop, so that it looks at many characters at once.
bool needs_escapes(std::string_view text) {
  bool needed = false;
  for (const char letter : text)
    needed |= (letter == '"') | (letter == '\\') | (static_cast<unsigned char>(letter) < 0x20);
  return needed;
}

void append_text(std::string_view text, std::string& to) {
  static constexpr std::string_view hex = "0123456789abcdef";
  to += '"';
  if (!needs_escapes(text)) {
    to += text;
    to += '"';
    return;
  }
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      to += '\\';
      to += letter;
    } else if (byte < 0x20) {
      to.append("\\u00");
      to += hex[byte >> 4];
      to += hex[byte & 15];
    } else {
      to += letter;
    }
  }
  to += '"';
}

const Node* append_value(const Node* node, std::string& to);

/// The nodes up to `end`, which stand in one object: neighbors from one array in one list again.
void append_members(const Node* node, const Node* end, std::string& to) {
  bool first = true;
  while (node != end) {
    if (!first) to += ',';
    first = false;
    append_text(node->name, to);
    to += ':';
    if (!node->in_array) {
      node = append_value(node, to);
      continue;
    }
    const std::string_view name = node->name;
    to += '[';
    node = append_value(node, to);
    while (node != end && node->in_array && node->name == name) {
      to += ',';
      node = append_value(node, to);
    }
    to += ']';
  }
}

const Node* append_value(const Node* node, std::string& to) {
  switch (node->form) {
    case Form::object:
      to += '{';
      append_members(node + 1, node + node->size, to);
      to += '}';
      break;
    case Form::text:
    case Form::untyped:
      append_text(node->value, to);
      break;
    case Form::number:
    case Form::boolean:
      to += node->value;
      break;
    case Form::unreadable:
      to += R"("\ud800")";  // what the reader cannot read either
      break;
  }
  return node + node->size;
}
}  // namespace

void ElementList::append_json(std::string_view type, std::string& to) const {
  to += R"({"resourceType":")";
  to += type;
  to += '"';
  if (nodes_.size() > 1) {
    to += ',';
    append_members(nodes_.data() + 1, nodes_.data() + nodes_.size(), to);
  }
  to += '}';
}
}  // namespace legwork::fhir
