#include "report/pdf_outline.hpp"

#include "report/pdf_syntax.hpp"

namespace legwork::report {
std::optional<std::string> Destinations::find(Node node) const {
  if (node < 0 || static_cast<std::size_t>(node) >= places_.size()) return std::nullopt;
  const auto& there = place(node);
  if (!there) return std::nullopt;
  std::string out = "[" + reference(page_numbers_[there->page]) + " /XYZ ";
  append_number(out, there->box.left.pt());
  out += ' ';
  append_number(out, (pages_.pages[there->page].height - there->box.top).pt());
  return out + " null]";
}

int add_outline(const Pages& pages, const Destinations& destinations, PdfObjects& objects) {
  std::vector<Node> marked;
  for (std::size_t i = 0; i < pages.structure.size(); ++i) {
    const auto node = static_cast<Node>(i);
    if (!pages.structure[i].bookmark.empty() && destinations.place(node)) marked.push_back(node);
  }
  if (marked.empty()) return 0;
  const int outline = objects.reserve();
  std::vector<int> numbers;
  for (std::size_t i = 0; i < marked.size(); ++i) numbers.push_back(objects.reserve());
  for (std::size_t i = 0; i < marked.size(); ++i) {
    const auto& element = pages.structure[static_cast<std::size_t>(marked[i])];
    std::string body = "/Title " + text_string(element.bookmark) + " /Parent " +
                       reference(outline) + " /Dest " + *destinations.find(marked[i]);
    if (i > 0) body += " /Prev " + reference(numbers[i - 1]);
    if (i + 1 < marked.size()) body += " /Next " + reference(numbers[i + 1]);
    objects.fill(numbers[i], std::move(body));
  }
  objects.fill(outline, "/Type /Outlines /First " + reference(numbers.front()) + " /Last " +
                            reference(numbers.back()) + " /Count " +
                            std::to_string(numbers.size()));
  return outline;
}
}  // namespace legwork::report
