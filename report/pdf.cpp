#include "report/pdf.hpp"

#include "base/digest.hpp"
#include "report/icc.hpp"
#include "report/pdf_attachments.hpp"
#include "report/pdf_content.hpp"
#include "report/pdf_font_objects.hpp"
#include "report/pdf_fonts.hpp"
#include "report/pdf_images.hpp"
#include "report/pdf_metadata.hpp"
#include "report/pdf_objects.hpp"
#include "report/pdf_structure.hpp"
#include "report/pdf_syntax.hpp"

#include <fmt/format.h>
#include <hpdf.h>
#include <hpdf_conf.h>
#include <hpdf_doc.h>
#include <hpdf_pages.h>
#include <cassert>

// The only file that sees libharu. It keeps the pages, the cross-reference table and the trailer,
// and writes the file; what stands in the dictionaries is ours, handed over as text through the
// hook by which libharu lets a dictionary write itself. Its fonts, images and PDF/A are not used:
// see docs/decisions. The field names are those of 2.3 and 2.4; compile against the headers at
// hand.

namespace legwork::report {
namespace {
HPDF_STATUS write_text(HPDF_Dict dictionary, HPDF_Stream stream) {
  const auto* text = static_cast<const std::string*>(dictionary->attr);
  return HPDF_Stream_Write(stream, reinterpret_cast<const HPDF_BYTE*>(text->data()),
                           static_cast<HPDF_UINT>(text->size()));
}

/// Lets a dictionary of libharu's end with `text`, which must outlive the file.
void append_text(HPDF_Dict dictionary, const std::string& text) {
  dictionary->attr = const_cast<std::string*>(&text);  // only read, by write_text
  dictionary->write_fn = write_text;
}

const std::string& flate_filter() {
  static const std::string text = "/Filter /FlateDecode\n";
  return text;
}

/// A file of libharu. Its errors are sticky: after one nothing more is done, and status() tells.
class File {
 public:
  explicit File(Profile profile) : document_(HPDF_New(nullptr, nullptr)) {
    const bool third = profile == Profile::archive_data;
    if (document_ != nullptr) document_->pdf_version = third ? HPDF_VER_17 : HPDF_VER_14;
  }
  ~File() {
    if (document_ != nullptr) HPDF_Free(document_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  Result<void> status() const {
    const HPDF_STATUS error =
        document_ == nullptr ? HPDF_FAILD_TO_ALLOC_MEM : HPDF_GetError(document_);
    if (error == HPDF_OK) return {};
    return refuse(ErrorKind::unavailable, "pdf",
                  fmt::format("libharu stopped with 0x{:04X}", error));
  }

  int add_page(const Page& page);
  int next_number() const {
    return static_cast<int>(document_->xref->start_offset + document_->xref->entries->count);
  }
  void add(const PdfObjects& objects);
  void fill_page(std::size_t index, const DrawnPage& drawn, const std::string& content,
                 int resources);
  void describe(const std::string& catalog, const std::string& information,
                const std::string& trailer);
  Result<std::string> bytes();

 private:
  HPDF_Doc document_;
  std::vector<HPDF_Page> pages_;
  std::unordered_map<int, HPDF_Dict> dictionaries_;
};

int File::add_page(const Page& page) {
  const HPDF_Page added = HPDF_AddPage(document_);
  if (added == nullptr) return 0;
  HPDF_Page_SetWidth(added, static_cast<HPDF_REAL>(page.width.pt()));
  HPDF_Page_SetHeight(added, static_cast<HPDF_REAL>(page.height.pt()));
  pages_.push_back(added);
  return static_cast<int>(added->header.obj_id & 0x00FFFFFF);
}

void File::add(const PdfObjects& objects) {
  for (const auto& object : objects.all()) {
    const HPDF_Dict dictionary = object.stream
                                     ? HPDF_DictStream_New(document_->mmgr, document_->xref)
                                     : HPDF_Dict_New(document_->mmgr);
    if (dictionary == nullptr) return;
    if (!object.stream) HPDF_Xref_Add(document_->xref, dictionary);
    if (object.stream) {
      HPDF_Stream_Write(dictionary->stream,
                        reinterpret_cast<const HPDF_BYTE*>(object.stream->data()),
                        static_cast<HPDF_UINT>(object.stream->size()));
    }
    append_text(dictionary, object.dictionary);
    assert(static_cast<int>(dictionary->header.obj_id & 0x00FFFFFF) == object.number);
    dictionaries_[object.number] = dictionary;
  }
}

void File::fill_page(std::size_t index, const DrawnPage& drawn, const std::string& content,
                     int resources) {
  const HPDF_Page page = pages_[index];
  const auto* attributes = static_cast<HPDF_PageAttr>(page->attr);
  HPDF_Stream_Write(attributes->stream, reinterpret_cast<const HPDF_BYTE*>(content.data()),
                    static_cast<HPDF_UINT>(content.size()));
  append_text(attributes->contents, flate_filter());
  HPDF_Dict_Add(page, "Resources", dictionaries_.at(resources));
  HPDF_Dict_AddNumber(page, "StructParents", static_cast<HPDF_INT32>(index));
  HPDF_Dict_AddName(page, "Tabs", "S");
  if (drawn.annotations.empty()) return;
  const HPDF_Array annotations = HPDF_Array_New(document_->mmgr);
  for (const int number : drawn.annotations) {
    HPDF_Array_Add(annotations, dictionaries_.at(number));
  }
  HPDF_Dict_Add(page, "Annots", annotations);
}

void File::describe(const std::string& catalog, const std::string& information,
                    const std::string& trailer) {
  append_text(document_->catalog, catalog);
  HPDF_Dict_RemoveElement(document_->info, "Producer");  // libharu's; XMP must agree with ours
  append_text(document_->info, information);
  append_text(document_->trailer, trailer);
}

Result<std::string> File::bytes() {
  HPDF_SaveToStream(document_);
  if (const auto good = status(); !good) return tl::unexpected(good.error());
  std::string out(HPDF_GetStreamSize(document_), '\0');
  auto size = static_cast<HPDF_UINT32>(out.size());
  HPDF_ResetStream(document_);
  HPDF_ReadFromStream(document_, reinterpret_cast<HPDF_BYTE*>(out.data()), &size);
  if (const auto good = status(); !good) return tl::unexpected(good.error());
  return out;
}

/// What the pages say, whatever it looks like.
std::string words_of(const Pages& pages) {
  std::string words;
  for (const auto& page : pages.pages)
    for (const auto& item : page.items)
      if (const auto* text = std::get_if<PlacedText>(&item)) words += text->line.text() + '\n';
  return words;
}
}  // namespace

struct PdfWriter::State {
  explicit State(std::shared_ptr<const Fonts> fonts) : stock(std::move(fonts)) {
    profile = stock.deflater().deflate(srgb_profile());
  }

  std::string resources(const Pages& pages, const DocumentFonts& fonts,
                        const DocumentImages& images, PdfObjects& objects);
  std::string catalog(const Pages& pages, const PdfOptions& options, const StructureRoots& roots,
                      PdfObjects& objects);

  FontStock stock;
  std::string profile;                     // deflated
  std::string watermark, small_watermark;  // of the document before, and deflated
};

constexpr std::string_view watermark_resource = "W";

std::string PdfWriter::State::resources(const Pages& pages, const DocumentFonts& fonts,
                                        const DocumentImages& images, PdfObjects& objects) {
  std::string entries = "/Font <<" + add_fonts(fonts, objects) + ">>";
  std::string drawings = images.add_to(objects);
  if (!pages.watermark.steps.empty()) {
    const Page alone{pages.pages.front().width, pages.pages.front().height, {pages.watermark}};
    if (auto drawn = draw_alone(alone); drawn != watermark) {
      small_watermark = stock.deflater().deflate(drawn);
      watermark = std::move(drawn);
    }
    const int number =
        objects.add_stream(form_dictionary(alone) + " /Filter /FlateDecode", small_watermark);
    drawings.append("/").append(watermark_resource).append(" ").append(reference(number));
  }
  if (!drawings.empty()) entries += " /XObject <<" + drawings + ">>";
  return entries;
}

std::string PdfWriter::State::catalog(const Pages& pages, const PdfOptions& options,
                                      const StructureRoots& roots, PdfObjects& objects) {
  const int metadata =
      objects.add_stream("/Type /Metadata /Subtype /XML", xmp_packet(pages, options));
  const int icc = objects.add_stream("/N 3 /Filter /FlateDecode", profile);
  std::string out = "/Lang " + byte_string(pages.language) +
                    " /MarkInfo <</Marked true>> /ViewerPreferences <</DisplayDocTitle true>>" +
                    " /StructTreeRoot " + reference(roots.tree) + " /Metadata " +
                    reference(metadata) +
                    " /OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1"
                    " /OutputConditionIdentifier (sRGB IEC61966-2.1) /Info (sRGB IEC61966-2.1)"
                    " /DestOutputProfile " +
                    reference(icc) + ">>]";
  if (roots.outlines != 0) out += " /Outlines " + reference(roots.outlines);
  if (!roots.fields.empty()) {
    out += " /AcroForm <</Fields [";
    for (const int field : roots.fields) out += reference(field) + ' ';
    out += "]>>";
  }
  return out + add_attachments(options, stock.deflater(), objects);
}

PdfWriter::PdfWriter(std::shared_ptr<const Fonts> fonts)
    : state_(std::make_unique<State>(std::move(fonts))) {}
PdfWriter::~PdfWriter() = default;
PdfWriter::PdfWriter(PdfWriter&&) noexcept = default;
PdfWriter& PdfWriter::operator=(PdfWriter&&) noexcept = default;

Result<std::string> PdfWriter::write(const Pages& pages, const PdfOptions& given) {
  if (!given.attachments.empty() && given.profile != Profile::archive_data)
    return refuse(ErrorKind::unsupported, "pdf",
                  "only archive_data carries attachments: PDF/A-1 forbids them");
  const auto fonts = DocumentFonts::collect(pages, state_->stock);
  if (!fonts) return tl::unexpected(fonts.error());
  PdfOptions options = given;
  if (!given.made_from.program.empty()) {
    options.made_from.fonts_digest = fonts->digest(state_->stock);
    options.made_from.words_digest = sha256(words_of(pages));
  }
  std::vector<std::string> contents;
  PdfObjects objects(0);
  std::string catalog, info, trailer;
  File file(options.profile);  // destroyed first: it refers to the texts above
  std::vector<DrawnPage> drawn;
  DocumentImages images;
  Drawing drawing{pages.structure, *fonts, images};
  if (options.profile == Profile::form) drawing.fields = Drawing::Fields::fillable;
  if (!pages.watermark.steps.empty()) drawing.watermark = watermark_resource;
  for (const auto& page : pages.pages) {
    if (const auto good = file.status(); !good) return tl::unexpected(good.error());
    drawn.push_back({file.add_page(page), draw(page, drawing), {}});
    contents.push_back(state_->stock.deflater().deflate(drawn.back().content.stream));
  }
  if (const auto good = file.status(); !good) return tl::unexpected(good.error());
  objects = PdfObjects(file.next_number());
  const int resources = objects.add(state_->resources(pages, *fonts, images, objects));
  const StructureRoots roots = add_structure(pages, drawn, objects);
  catalog = state_->catalog(pages, options, roots, objects);
  info = information(pages, options);
  const std::string identifier = byte_string(options.identifier);
  trailer = "/ID [" + identifier + identifier + "]";

  file.add(objects);
  if (const auto good = file.status(); !good) return tl::unexpected(good.error());
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    file.fill_page(i, drawn[i], contents[i], resources);
  }
  file.describe(catalog, info, trailer);
  auto bytes = file.bytes();
  if (bytes) seal(*bytes);
  return bytes;
}
}  // namespace legwork::report
