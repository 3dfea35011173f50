#include "batch/worklist_files.hpp"

#include "batch/parts.hpp"
#include "press/io.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace legwork::batch {
Result<Rows> find_rows(const std::string& out, std::size_t shelves) {
  Rows rows;
  std::error_code error;
  for (std::size_t i = 0; i < shelves; ++i) {
    const auto path = part_path(out, i, "rows");
    if (std::filesystem::file_size(path, error) == 0 && !error) continue;
    auto file = press::map_file(path);
    if (!file) return tl::unexpected(file.error());
    const auto text = file->bytes;
    for (std::size_t at = 0; at < text.size();) {
      const auto end = text.find('\n', at);
      rows.lines.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    rows.files.push_back(std::move(*file));
  }
  std::ranges::sort(rows.lines);
  return rows;
}

Result<void> write_worklist(const std::string& out, const Rows& rows, const WorklistFrame& frame) {
  const auto path = out + "/worklist.csv", part = path + ".part";
  const auto file = fresh(part);
  bool sound = true;
  auto csv = csv_headings();
  WorklistTotals totals;
  std::vector<WorklistRow> first;
  for (const auto line : rows.lines) {
    auto row = row_of_line(line);
    csv += csv_line(row);
    if (csv.size() >= worth_writing) {
      sound = sound && file.write(csv);
      csv.clear();
    }
    totals.add(row);
    if (first.size() < rows_on_page) first.push_back(std::move(row));
  }
  if (!sound || !file.write(csv) || !file.sync() || ::rename(part.c_str(), path.c_str()) != 0)
    return failed(path);
  return press::write_file(out + "/worklist.html", worklist_page(first, totals, frame));
}
}  // namespace legwork::batch
