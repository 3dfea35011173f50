#include "batch/named_subjects.hpp"

#include <algorithm>
#include <cstring>
#include <span>

namespace legwork::batch {
namespace {
/// Before the JSON of a record that waits: this, then the reject's reference. A patient's card has
/// its reference alone, and file 0; the files of those that wait count from 1.
struct Head {
  std::uint64_t piece, line, reference_size;
};

/// Whose the identifier is, if exactly one patient has it.
struct Owner {
  std::string_view reference;
  bool is_one = false;
};

Owner owner_of(std::span<const Record> records) {
  Owner owner;
  for (const auto& record : records) {
    if (record.file != 0) continue;
    if (!owner.reference.empty() && owner.reference != record.json) return {owner.reference, false};
    owner = {record.json, true};
  }
  return owner;
}
}  // namespace

NamedSubjects::NamedSubjects(std::size_t count, std::string folder, std::uint64_t memory,
                             std::size_t hands)
    : shelves_(count, std::move(folder), memory, hands) {}

Result<void> NamedSubjects::Hand::add_patient(std::string_view identifier,
                                              std::string_view reference) {
  return hand_.put({identifier, 0, 0, reference});
}

Result<void> NamedSubjects::Hand::add(const Waiting& waiting) {
  all_.any_ = true;
  const auto& [record, reject] = waiting;
  const Head head{reject.piece, reject.line, reject.reference.size()};
  std::string text(reinterpret_cast<const char*>(&head), sizeof head);
  text.append(reject.reference).append(record.json);
  return hand_.put({record.patient, record.file + 1, record.at, text});
}

Result<void> NamedSubjects::resolve(const std::function<Result<void>(const Record&)>& put,
                                    const std::function<void(Reject)>& refuse) {
  if (!any_) return {};
  for (std::size_t i = 0; i < shelves_.size(); ++i) {
    std::string bytes;
    const auto records = shelves_.take(i, bytes);
    if (!records) return tl::unexpected(records.error());
    for (auto first = records->begin(); first != records->end();) {
      const auto last = std::find_if(first, records->end(), [&](const Record& record) {
        return record.patient != first->patient;
      });
      const auto owner = owner_of({first, last});
      for (; first != last; ++first) {
        if (first->file == 0) continue;
        Head head;
        std::memcpy(&head, first->json.data(), sizeof head);
        const auto reference = first->json.substr(sizeof head, head.reference_size);
        if (!owner.is_one) {
          refuse({first->file - 1, head.piece, head.line, std::string(reference),
                  std::string(owner.reference.empty() ? nobody_has_it : more_than_one_has_it)});
          continue;
        }
        auto done = put({owner.reference, first->file - 1, first->at,
                         first->json.substr(sizeof head + head.reference_size)});
        if (!done) return done;
      }
    }
  }
  return {};
}
}  // namespace legwork::batch
