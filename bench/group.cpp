// How fast is an export grouped by patient, with how much memory? Reads it as `legwork batch` does
// and takes every shelf down again; assesses and prints nothing. group EXPORT MEMORY_MB JOBS;
// prints one line of JSON.
#include "batch/gather.hpp"
#include "batch/input.hpp"
#include "press/data.hpp"

#include <fmt/format.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>

using namespace legwork;

namespace {
int fail(std::string_view why) {
  fmt::print(stderr, "group: {}\n", why);
  return 1;
}

/// Of all threads, in the program and for it in the kernel.
double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}
}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return fail("group EXPORT MEMORY_MB JOBS");
  const auto data = press::find_data();
  if (!data) return fail("no data folder");
  const auto pack = press::load_pack(*data, "");
  if (!pack) return fail("no pack");
  const auto files = batch::find_input(argv[1]);
  if (!files) return fail(files.error().what);
  const auto memory = std::stoull(argv[2]) << 20;
  const auto jobs = std::stoul(argv[3]);
  std::uint64_t size = 0;
  for (const auto& file : *files) size += file.size;
  auto folder = (std::filesystem::temp_directory_path() / "legwork-group-XXXXXX").native();
  if (::mkdtemp(folder.data()) == nullptr) return fail("no folder for what is spilled");
  std::filesystem::create_directory(folder + "/names");

  const double cpu_begin = cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  const auto count = batch::shelves_for(size, memory, jobs);
  batch::Shelves shelves(count, folder, memory - memory / 8, jobs);
  batch::NamedSubjects named(count, folder + "/names", memory / 8, jobs);
  batch::Medications medications;
  batch::Progress progress;
  batch::Deletions deletions;
  const auto gathered =
      batch::gather(*files, pack->vocabulary, jobs,
                    batch::onto_shelves(shelves, named, medications, deletions, progress));
  if (!gathered) return fail(gathered.error().what);
  const auto spilled = shelves.spilled();
  std::size_t records = 0;
  for (std::size_t i = 0; i < shelves.size(); ++i) {
    std::string bytes;
    const auto taken = shelves.take(i, bytes);
    if (!taken) return fail(taken.error().what);
    records += taken->size();
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const double cpu = cpu_seconds() - cpu_begin;
  std::filesystem::remove_all(folder);
  const auto mb = static_cast<double>(size) / 1e6;
  fmt::print(
      "{{\"mb\":{:.1f},\"mb_s\":{:.0f},\"mb_cpu_s\":{:.0f},\"records\":{},\"spilled_mb\":{:.1f},"
      "\"peak_mb\":{:.0f}}}\n",
      mb, mb / seconds.count(), mb / cpu, records, static_cast<double>(spilled) / 1e6,
      static_cast<double>(usage.ru_maxrss) / 1024);
  return 0;
}
