#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::batch {
enum class Packing : std::uint8_t { none, gzip, zstd };
/// What a file's lines are: the export's manifest tells.
enum class Holds : std::uint8_t { resources, deletions, errors };

/// One file of an export.
struct InputFile {
  std::string path;
  std::string name;  ///< within the export, as rejects name it: "Condition.ndjson.gz"
  Packing packing = Packing::none;
  bool is_lines = true;  ///< one resource a line; else the file is one text
  bool is_pipe = false;  ///< standard input: read once, from its first byte
  std::uint64_t size = 0;
  Holds holds = Holds::resources;
};

/// What a file is by its name within the export; nothing where it is no part of one.
std::optional<InputFile> input_file(std::string name);

/// The files of a folder, and of the folders in it, by name: NDJSON (.ndjson, .jsonl) and Bundles
/// (.json), plain or packed (.gz, .zst). A manifest.json at its top is not one of them.
///
/// Errors: missing      no such folder, or nothing in it that can be read
///         unavailable  the system refuses, be it to read one of the files
Result<std::vector<InputFile>> find_input(const std::string& folder);

/// One line of a file, or its whole text. Followed by bytes that may be read.
struct InputLine {
  std::string_view text;     ///< without white space at its ends; never empty
  std::size_t number = 0;    ///< within its piece, from 1, blank ones counted; 0: the whole file
  std::uint64_t offset = 0;  ///< of its first byte, in the file as it is unpacked
};

/// A part of a file that one thread reads.
struct Piece {
  std::size_t file = 0;              ///< index of the InputFile
  std::uint64_t begin = 0, end = 0;  ///< of the file's bytes; packed files are one piece
};

/// Cuts files into pieces of about that many bytes: the larger ones first, so that no thread ends
/// long after the others.
std::vector<Piece> cut(const std::vector<InputFile>& files, std::uint64_t bytes);

/// Reads the lines of a piece, one after the other: those that begin in it. A byte order mark is
/// left out; a torn last line is a line. `padding`: how many bytes behind each text must be
/// readable. `came` hears how many more bytes of the file have been read, as it is packed. Gives
/// how many line breaks there were.
///
/// Errors: missing, unavailable  the file cannot be opened or read
///         malformed             damaged packing; the lines before it have been read
///         unsupported           a line longer than `line_limit`; those after it are not read
Result<std::size_t> each_line(const InputFile& file, const Piece& piece, std::size_t padding,
                              const std::function<void(const InputLine&)>& use,
                              const std::function<void(std::uint64_t)>& came = {});

/// A line of a hundred megabytes is read; beyond this something else is wrong.
inline constexpr std::size_t line_limit = std::size_t{1} << 30;
}  // namespace legwork::batch
