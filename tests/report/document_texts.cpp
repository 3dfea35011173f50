#include "tests/report/document_texts.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
/// One function a kind of cell and of block; a new kind does not compile until it has its own.
struct Collector {
  std::vector<std::string>& texts;

  void add(const std::string& text) const { texts.push_back(text); }
  void add(const Text& text) const {
    std::string joined;
    for (const auto& words : text) joined += words.text;
    texts.push_back(joined);
  }

  void operator()(const TextCell& cell) const {
    add(cell.text);
    add(cell.below);
  }
  void operator()(const Reading& cell) const {
    add(cell.number);
    add(cell.unit);
    add(cell.chip);
  }
  void operator()(const RangeBar& cell) const {
    add(cell.low || cell.high ? cell.alternative : cell.without);
  }
  void operator()(const Trend& cell) const {
    add(cell.values.size() < 2 ? cell.without : cell.alternative);
  }

  void operator()(const Absence& block) const { add(block.sentence); }
  void operator()(const Facts& block) const {
    for (const auto& [label, value] : block.facts) {
      add(label);
      add(value);
    }
  }
  void operator()(const Banners& block) const {
    for (const auto& banner : block.banners) add(banner);
  }
  void operator()(const Callout& block) const {
    add(block.lead);
    for (const auto& item : block.items) {
      add(item.text);
      add(item.action);
    }
    add(block.closing);
  }
  void operator()(const Statements& block) const {
    for (const auto& [headline, detail] : block.items) {
      add(headline);
      add(detail);
    }
  }
  void operator()(const Changes& block) const {
    add(block.label);
    for (const auto& entry : block.entries) add(entry);
    add(block.closing);
  }
  void operator()(const Actions& block) const {
    add(block.label);
    for (const auto& action : block.actions) add(action);
  }
  void operator()(const Table& block) const {
    for (std::size_t i = 1; i < block.columns.size(); ++i) add(block.columns[i].heading);
    for (const auto& row : block.rows) {
      for (const auto& cell : row.cells) std::visit(*this, cell);
      add(row.note);
    }
  }
  void operator()(const Timeline& block) const {
    add(block.onset_label);
    for (const auto& lane : block.lanes) add(lane.alternative);
  }
  void operator()(const Checks& block) const {
    for (const auto& item : block.items) {
      add(item.text);
      add(item.below);
    }
  }
  void operator()(const SmallPrint& block) const {
    for (const auto& text : block.paragraphs) add(text);
  }
  void operator()(const SignOff& block) const {
    for (const auto& label : block.labels) add(label);
  }
  void operator()(const Paragraphs& block) const {
    for (const auto& text : block.texts) add(text);
  }
  void operator()(const List& block) const {
    for (const auto& item : block.items) add(item);
  }
};
}  // namespace

std::vector<std::string> texts_of(const Section& section) {
  std::vector<std::string> texts;
  const Collector collector{texts};
  collector.add(section.note);
  std::visit(collector, section.block);
  collector.add(section.tail);
  return texts;
}

std::vector<std::string> texts_of(const Document& document) {
  std::vector<std::string> texts = {
      document.title,        document.read_on,          document.status,
      document.running_head, document.surname_first,    document.foot_note,
      document.brand.name,   document.brand.department, document.brand.address};
  Collector{texts}.add(document.complaint);
  texts.insert(texts.end(), document.identity.begin(), document.identity.end());
  texts.insert(texts.end(), document.header.begin(), document.header.end());
  texts.insert(texts.end(), document.footer.begin(), document.footer.end());
  for (const auto& page : document.pages) {
    for (const auto& section : page) {
      texts.push_back(section.heading);
      if (const auto* callout = std::get_if<Callout>(&section.block))
        texts.push_back(callout->heading);
      std::ranges::move(texts_of(section), std::back_inserter(texts));
    }
  }
  return texts;
}

std::string unspaced(std::string_view text) {
  std::string out;
  std::ranges::copy_if(text, std::back_inserter(out),
                       [](char c) { return c != ' ' && c != '\n' && c != '\t' && c != '\r'; });
  return out;
}
}  // namespace legwork::report
