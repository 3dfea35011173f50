#include "bulk/download.hpp"

#include "bulk/answer.hpp"
#include "bulk/part_file.hpp"
#include "press/io.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace legwork::bulk {
namespace {
using std::chrono::hours;
using std::chrono::seconds;

constexpr hours longest_file{24 * 7};
constexpr seconds stall{60};

bool takes_token(const ExportFile& file, const press::Address& address,
                 const press::Address& base) {
  switch (file.access) {
    case Access::open:
      return false;
    case Access::with_token:
      return press::is_same_server(address, file.address);  // not where it redirects to
    case Access::unsaid:
      break;
  }
  return press::is_same_server(address, base);
}

/// One file's way.
class Course {
 public:
  Course(PartFile& part, const AddressBook& book, const Downloading& with)
      : part_(part),
        with_(with),
        book_(book),
        furthest_(part.size()),
        progress_at_(with.outside.clock()) {}

  Result<void> run() {
    for (;;) {
      const auto file = book_.now();
      if (auto ready = set_out(file); !ready) return ready;
      const auto answer = ask();
      if (const auto fault = part_.fault(); !fault) return fault;
      if (with_.outside.stop.stop_requested())
        return refuse(ErrorKind::unavailable, file.name, "told to stop");
      note_progress();
      auto done =
          act(after_file(answer, token_.empty() ? Sent::no_token : Sent::token, tries_), file);
      if (!done) return tl::unexpected(done.error());
      if (*done == Done::yes) return {};
    }
  }

 private:
  enum class Done : unsigned char { no, yes };

  /// Where to ask, and with what token.
  Result<void> set_out(const ExportFile& file) {
    asked_ = elsewhere_.value_or(file.address);
    elsewhere_.reset();
    token_.clear();
    if (!takes_token(file, asked_, with_.base)) return {};
    auto token = with_.tokens.current();
    if (!token) return tl::unexpected(token.error());
    token_ = std::move(*token);
    return {};
  }

  Answer ask() {
    press::Outgoing request{asked_,
                            {{"Accept", "application/fhir+ndjson"}, {"Accept-Encoding", "gzip"}}};
    if (!token_.empty()) request.headers.push_back({"Authorization", "Bearer " + token_});
    std::ranges::move(part_.range(), std::back_inserter(request.headers));
    request.sink = part_.sink(with_.progress);
    request.stall = stall;
    const press::Patience patience{std::chrono::steady_clock::now() + longest_file,
                                   with_.outside.stop};
    return std::move(with_.outside.fetch({&request, 1}, patience).front());
  }

  /// Only bytes that were never there before are progress: a server that cannot go on from the
  /// middle might break off there for ever.
  void note_progress() {
    if (part_.size() <= furthest_) return;
    furthest_ = part_.size();
    progress_at_ = with_.outside.clock();
    tries_.failures = tries_.tokens = 0;
  }

  Result<Done> act(Step step, const ExportFile& file) {
    if (std::holds_alternative<GoOn>(step)) return arrive(file);
    if (auto* stop = std::get_if<Stop>(&step)) {
      stop->error.where = file.name;
      return tl::unexpected(std::move(stop->error));
    }
    if (const auto* wait = std::get_if<Wait>(&step)) return pause(*wait, file);
    if (std::holds_alternative<NewToken>(step)) with_.tokens.refused(token_);
    if (std::holds_alternative<NewManifest>(step))
      if (auto renewed = book_.renew(file); !renewed) return tl::unexpected(renewed.error());
    if (const auto* redirect = std::get_if<Elsewhere>(&step)) {
      auto address =
          press::resolve(asked_, redirect->location, with_.plain, press::HiddenPath::taken);
      if (!address)
        return refuse(address.error().kind, file.name,
                      "is at an address that is not fetched: " + address.error().what);
      elsewhere_ = std::move(*address);
    }
    return Done::no;
  }

  Result<Done> pause(const Wait& wait, const ExportFile& file) const {
    if (with_.outside.clock() + wait.pause >= progress_at_ + with_.patience)
      return refuse(ErrorKind::unavailable, file.name, "is not sent within the time of --timeout");
    if (with_.outside.pause(wait.pause)) return Done::no;
    return refuse(ErrorKind::unavailable, file.name, "told to stop");
  }

  Result<Done> arrive(const ExportFile& file) {
    const auto arrived = part_.look();
    if (!arrived) return tl::unexpected(arrived.error());
    const bool counts = !file.count || *file.count == arrived->lines;
    if (!(arrived->sound && counts) && ++looks_ < 2) {
      part_.discard();
      furthest_ = 0;
      return Done::no;
    }
    if (!arrived->sound)
      return refuse(ErrorKind::unavailable, file.name,
                    "comes damaged, torn, or as something else than NDJSON, twice");
    if (!counts) {
      const auto written =
          press::write_file(with_.folder.lines(file.name), fmt::format("{}", arrived->lines));
      if (!written) return tl::unexpected(written.error());
    }
    if (const auto kept = part_.keep(); !kept) return tl::unexpected(kept.error());
    return Done::yes;
  }

  PartFile& part_;
  const Downloading& with_;
  const AddressBook& book_;
  Tries tries_;
  std::uint64_t furthest_;
  std::chrono::system_clock::time_point progress_at_;
  unsigned looks_ = 0;
  std::string token_;
  press::Address asked_;
  std::optional<press::Address> elsewhere_;
};
}  // namespace

Result<void> download(const AddressBook& book, const Downloading& with) {
  auto part = PartFile::open(with.folder, book.now().name);
  if (!part) return tl::unexpected(part.error());
  return Course(*part, book, with).run();
}
}  // namespace legwork::bulk
