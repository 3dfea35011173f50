#include "report/pdf_attachments.hpp"

#include "report/pdf_syntax.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace legwork::report {
namespace {
std::string_view relationship_name(Attachment::Relationship relationship) {
  switch (relationship) {
    case Attachment::Relationship::source:
      return "Source";
    case Attachment::Relationship::data:
      return "Data";
    case Attachment::Relationship::alternative:
      return "Alternative";
    case Attachment::Relationship::supplement:
      return "Supplement";
    case Attachment::Relationship::unspecified:
      return "Unspecified";
  }
  return {};
}

int add_file(const Attachment& attachment, std::string_view date, Deflater& deflater,
             PdfObjects& objects) {
  const int stored =
      objects.add_stream("/Type /EmbeddedFile /Subtype " + name(attachment.mime) +
                             " /Params <</Size " + std::to_string(attachment.bytes.size()) +
                             " /ModDate " + date_string(date) + ">> /Filter /FlateDecode",
                         deflater.deflate(attachment.bytes));
  const std::string file_name = text_string(attachment.name);
  return objects.add("/Type /Filespec /F " + file_name + " /UF " + file_name + " /Desc " +
                     text_string(attachment.description) + " /AFRelationship " +
                     name(relationship_name(attachment.relationship)) + " /EF <</F " +
                     reference(stored) + " /UF " + reference(stored) + ">>");
}
}  // namespace

std::string add_attachments(const PdfOptions& options, Deflater& deflater, PdfObjects& objects) {
  if (options.attachments.empty()) return {};
  std::vector<std::pair<std::string, int>> names;  // sorted, as a name tree is
  std::string all;
  for (const auto& attachment : options.attachments) {
    const int number = add_file(attachment, options.created, deflater, objects);
    names.emplace_back(text_string(attachment.name), number);
    all += reference(number) + ' ';
  }
  std::sort(names.begin(), names.end());
  std::string tree;
  for (const auto& [file_name, number] : names) tree += file_name + ' ' + reference(number) + ' ';
  return " /AF [" + all + "] /Names <</EmbeddedFiles <</Names [" + tree + "]>>>>";
}
}  // namespace legwork::report
