#define POINTERHOLDER_TRANSITION 4  // qpdf: std::shared_ptr and nothing older
#include "batch/binding.hpp"

#include "base/digest.hpp"
#include "report/pdf_metadata.hpp"

#include <fmt/format.h>

#include <exception>
#include <map>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFNumberTreeObjectHelper.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>
#include <stdexcept>
#include <vector>

// A PDF is a graph of objects. Of each report its pages, its tree of structure and its bookmarks
// are hung on one new object, which is copied with all that it refers to. qpdf would leave out
// what refers from one page to another, so the pages are no pages while they are copied.

namespace legwork::batch {
namespace {
using Object = QPDFObjectHandle;

Object text(std::string_view utf8) { return Object::newUnicodeString(std::string(utf8)); }

/// What an object says, with all that it refers to: the same for two objects means that either
/// may stand for the other. Of what refers to itself in a circle, none.
std::string content_of(Object object, int depth = 0) {
  constexpr int deepest = 32;
  if (depth > deepest) throw std::logic_error("a resource refers to itself");
  std::string content;
  if (object.isStream()) {
    const auto data = object.getRawStreamData();
    content = content_of(object.getDict(), depth + 1) + "stream ";
    content.append(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
  } else if (object.isDictionary()) {
    for (const auto& key : object.getKeys())
      content += key + " " + content_of(object.getKey(key), depth + 1) + " ";
  } else if (object.isArray()) {
    for (int i = 0; i < object.getArrayNItems(); ++i)
      content += content_of(object.getArrayItem(i), depth + 1) + " ";
    content = fmt::format("[{}]", content);
  } else {
    return object.unparseResolved();
  }
  return content;
}

class Binder {
 public:
  Binder();
  void add(const Sheaf& sheaf);
  std::string write(const Binding& binding);

 private:
  /// A font or picture of a page: its place, and what it is by the digest of its content.
  struct Resource {
    std::size_t page;
    std::string kind, key, digest;
  };
  std::vector<Resource> spare_known(std::vector<Object>& pages);
  void share(const std::vector<Resource>& resources, Object pages);
  Object renumbered(QPDF& report, Object tree);
  void take_pages(Object pages);
  void take_bookmark(Object item, const std::string& title, Object page);
  void take_structure(Object element, const std::string& title);

  QPDF pdf_;
  Object pages_, kids_, elements_, numbers_, labels_, document_;
  std::vector<Object> bookmarks_;
  std::map<std::string, Object> shared_;  // by digest
  long long next_number_ = 0;             // of the tree by which content finds its structure
};

Binder::Binder()
    : kids_(Object::newArray()),
      elements_(Object::newArray()),
      numbers_(Object::newArray()),
      labels_(Object::newArray()) {
  pdf_.emptyPDF();
  pages_ = pdf_.getRoot().getKey("/Pages");
  document_ = pdf_.makeIndirectObject(Object::newDictionary());
}

/// Takes from the pages what the file has already, to be put in its place when they are copied.
std::vector<Binder::Resource> Binder::spare_known(std::vector<Object>& pages) {
  std::vector<Resource> resources;
  for (std::size_t i = 0; i < pages.size(); ++i)
    for (const char* kind : {"/Font", "/XObject"}) {
      auto all = pages[i].getKey("/Resources").getKey(kind);
      if (!all.isDictionary()) continue;
      for (const auto& key : all.getKeys()) {
        resources.push_back({i, kind, key, sha256(content_of(all.getKey(key)))});
        if (shared_.contains(resources.back().digest)) all.removeKey(key);
      }
    }
  return resources;
}

void Binder::share(const std::vector<Resource>& resources, Object pages) {
  for (const auto& one : resources) {
    auto all = pages.getArrayItem(static_cast<int>(one.page)).getKey("/Resources").getKey(one.kind);
    const auto [known, is_new] = shared_.try_emplace(one.digest, all.getKey(one.key));
    if (!is_new) all.replaceKey(one.key, known->second);
  }
}

/// A report's numbers of content, from those on that are still free, in the report and in the tree
/// that is given back.
Object Binder::renumbered(QPDF& report, Object tree) {
  for (auto& object : report.getAllObjects()) {
    auto dictionary = object.isStream() ? object.getDict() : object;
    if (!dictionary.isDictionary()) continue;
    for (const char* key : {"/StructParents", "/StructParent"})
      if (auto number = dictionary.getKey(key); number.isInteger())
        dictionary.replaceKey(key, Object::newInteger(next_number_ + number.getIntValue()));
  }
  auto numbers = Object::newArray();
  const auto first = next_number_;
  for (const auto& [number, value] : QPDFNumberTreeObjectHelper(tree, report)) {
    numbers.appendItem(Object::newInteger(first + number));
    numbers.appendItem(value);
    next_number_ = first + number + 1;
  }
  return numbers;
}

void Binder::add(const Sheaf& sheaf) {
  QPDF report;
  report.setSuppressWarnings(true);
  report.setAttemptRecovery(false);
  report.processMemoryFile("a report", sheaf.pdf.data(), sheaf.pdf.size());
  auto root = report.getRoot();
  auto pages = report.getAllPages();
  const auto resources = spare_known(pages);
  for (auto& page : pages) {
    page.removeKey("/Type");
    page.removeKey("/Parent");
  }
  auto tree = root.getKey("/StructTreeRoot");
  auto element = tree.getKey("/K");
  element.removeKey("/P");
  auto bundle = Object::newDictionary({{"/Pages", Object::newArray(pages)},
                                       {"/Element", element},
                                       {"/Numbers", renumbered(report, tree.getKey("/ParentTree"))},
                                       {"/Bookmarks", root.getKey("/Outlines")}});
  if (bookmarks_.empty())
    for (const char* key : {"/MarkInfo", "/OutputIntents", "/ViewerPreferences"})
      bundle.replaceKey(key, root.getKey(key));

  auto copied = pdf_.copyForeignObject(report.makeIndirectObject(bundle));
  if (bookmarks_.empty())
    for (const char* key : {"/MarkInfo", "/OutputIntents", "/ViewerPreferences"})
      pdf_.getRoot().replaceKey(key, copied.getKey(key));
  auto new_pages = copied.getKey("/Pages");
  share(resources, new_pages);
  take_bookmark(copied.getKey("/Bookmarks"), sheaf.title, new_pages.getArrayItem(0));
  take_structure(copied.getKey("/Element"), sheaf.title);
  for (auto& number : copied.getKey("/Numbers").getArrayAsVector()) numbers_.appendItem(number);
  take_pages(new_pages);
}

/// The next report begins on the front of a sheet: two patients never share one.
void Binder::take_pages(Object pages) {
  auto all = pages.getArrayAsVector();
  if (all.size() % 2 == 1) {
    auto blank = Object::newDictionary(
        {{"/Resources", Object::newDictionary()}, {"/MediaBox", all.back().getKey("/MediaBox")}});
    all.push_back(pdf_.makeIndirectObject(blank));
  }
  labels_.appendItem(Object::newInteger(kids_.getArrayNItems()));
  labels_.appendItem(Object::newDictionary(
      {{"/S", Object::newName("/D")}, {"/P", text(fmt::format("{}-", bookmarks_.size()))}}));
  for (auto& page : all) {
    page.replaceKey("/Type", Object::newName("/Page"));
    page.replaceKey("/Parent", pages_);
    kids_.appendItem(page);
  }
}

/// A report's own bookmarks stand below its one, which is closed.
void Binder::take_bookmark(Object item, const std::string& title, Object page) {
  if (!item.isDictionary()) item = pdf_.makeIndirectObject(Object::newDictionary());
  item.removeKey("/Type");
  item.replaceKey("/Title", text(title));
  item.replaceKey("/Dest", Object::newArray({page, Object::newName("/Fit")}));
  if (auto count = item.getKey("/Count"); count.isInteger())
    item.replaceKey("/Count", Object::newInteger(-count.getIntValue()));
  if (!bookmarks_.empty()) {
    item.replaceKey("/Prev", bookmarks_.back());
    bookmarks_.back().replaceKey("/Next", item);
  }
  bookmarks_.push_back(item);
}

/// What was a document is a part of one.
void Binder::take_structure(Object element, const std::string& title) {
  element.replaceKey("/S", Object::newName("/Part"));
  element.replaceKey("/T", text(title));
  element.replaceKey("/P", document_);
  elements_.appendItem(element);
}

std::string Binder::write(const Binding& binding) {
  const auto number_of = [](std::size_t size) {
    return Object::newInteger(static_cast<long long>(size));
  };
  pages_.replaceKey("/Kids", kids_);
  pages_.replaceKey("/Count", Object::newInteger(kids_.getArrayNItems()));

  auto tree = pdf_.makeIndirectObject(Object::newDictionary(
      {{"/Type", Object::newName("/StructTreeRoot")},
       {"/K", document_},
       {"/ParentTree", pdf_.makeIndirectObject(Object::newDictionary({{"/Nums", numbers_}}))},
       {"/ParentTreeNextKey", Object::newInteger(next_number_)}}));
  document_.replaceKey("/S", Object::newName("/Document"));
  document_.replaceKey("/P", tree);
  document_.replaceKey("/K", elements_);

  auto outlines =
      pdf_.makeIndirectObject(Object::newDictionary({{"/Type", Object::newName("/Outlines")},
                                                     {"/First", bookmarks_.front()},
                                                     {"/Last", bookmarks_.back()},
                                                     {"/Count", number_of(bookmarks_.size())}}));
  for (auto& bookmark : bookmarks_) bookmark.replaceKey("/Parent", outlines);

  report::Pages about;
  about.title = binding.title;
  about.language = binding.language;
  report::PdfOptions options;
  options.author = binding.author;
  options.created = binding.created;
  auto metadata = pdf_.newStream(report::xmp_packet(about, options));
  metadata.getDict().replaceKey("/Type", Object::newName("/Metadata"));
  metadata.getDict().replaceKey("/Subtype", Object::newName("/XML"));
  pdf_.getTrailer().replaceKey(
      "/Info",
      pdf_.makeIndirectObject(Object::parse("<<" + report::information(about, options) + ">>")));

  auto root = pdf_.getRoot();
  root.replaceKey("/Lang", text(binding.language));
  root.replaceKey("/Metadata", metadata);
  root.replaceKey("/StructTreeRoot", tree);
  root.replaceKey("/Outlines", outlines);
  root.replaceKey("/PageMode", Object::newName("/UseOutlines"));
  root.replaceKey("/PageLabels", Object::newDictionary({{"/Nums", labels_}}));

  QPDFWriter writer(pdf_);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setMinimumPDFVersion("1.4");
  writer.setObjectStreamMode(qpdf_o_disable);  // PDF/A-1 has none
  writer.setStreamDataMode(qpdf_s_preserve);   // compressed already, and the metadata not to be
  writer.setNewlineBeforeEndstream(true);
  writer.write();
  const auto bytes = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()};
}
}  // namespace

Result<std::string> bind_reports(std::span<const Sheaf> sheaves, const Binding& binding) {
  std::size_t number = 0;
  try {
    Binder binder;
    for (const auto& sheaf : sheaves) {
      ++number;
      binder.add(sheaf);
    }
    return binder.write(binding);
  } catch (const std::exception& error) {
    return refuse(ErrorKind::malformed, fmt::format("report {}", number),
                  fmt::format("cannot be bound: {}", error.what()));
  }
}
}  // namespace legwork::batch
