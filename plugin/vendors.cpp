#include "plugin/vendors.hpp"

#include "press/io.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace legwork::plugin {
namespace {
namespace dom = simdjson::dom;

constexpr std::size_t largest_file = std::size_t{64} << 10;
constexpr std::array<std::pair<std::string_view, MedicationAccess>, 3> accesses{{
    {"include", MedicationAccess::include},
    {"search", MedicationAccess::search},
    {"read", MedicationAccess::read},
}};

/// Reads one file, and remembers the first thing that is wrong with it.
class VendorFile {
 public:
  Vendor read(const dom::object& file);
  const std::string& complaint() const { return complaint_; }

 private:
  void read_member(std::string_view name, dom::element value);
  void read_needs(dom::element value);
  void read_headers(dom::element value);
  std::vector<std::string> texts(std::string_view name, dom::element value);
  std::string text(std::string_view name, dom::element value);
  std::uint64_t number(std::string_view name, dom::element value);
  void complain(std::string what) {
    if (complaint_.empty()) complaint_ = std::move(what);
  }

  Vendor vendor_;
  std::vector<std::string> facts_, sourced_;
  std::string complaint_;
};

std::string VendorFile::text(std::string_view name, dom::element value) {
  std::string_view text;
  if (value.get(text) || text.empty()) complain(fmt::format("{} is not a text", name));
  return std::string(text);
}

std::uint64_t VendorFile::number(std::string_view name, dom::element value) {
  std::uint64_t number = 0;
  if (value.get(number)) complain(fmt::format("{} is not a number", name));
  return number;
}

std::vector<std::string> VendorFile::texts(std::string_view name, dom::element value) {
  std::vector<std::string> all;
  dom::array array;
  if (value.get(array)) complain(fmt::format("{} is not an array", name));
  for (const dom::element one : array) all.push_back(text(name, one));
  return all;
}

void VendorFile::read_needs(dom::element value) {
  dom::object needs;
  if (value.get(needs)) complain("searchNeedsOneOf is not an object");
  for (const auto [type, parameters] : needs) {
    vendor_.needs.push_back({std::string(type), texts("searchNeedsOneOf", parameters)});
  }
}

void VendorFile::read_headers(dom::element value) {
  dom::object headers;
  if (value.get(headers)) complain("headers is not an object");
  for (const auto [name, said] : headers) {
    vendor_.headers.push_back({std::string(name), text("headers", said)});
  }
}

void VendorFile::read_member(std::string_view name, dom::element value) {
  if (name == "name") {
    vendor_.name = text(name, value);
    return;
  }
  if (name == "unverified") {
    vendor_.unverified = texts(name, value);
    return;
  }
  if (name == "sources") {
    dom::object sources;
    if (value.get(sources)) complain("sources is not an object");
    for (const auto [of, source] : sources) {
      sourced_.emplace_back(of);
      text(fmt::format("sources.{}", of), source);
    }
    return;
  }
  facts_.emplace_back(name);
  if (name == "medications") {
    const std::string word = text(name, value);
    const auto known =
        std::ranges::find(accesses, word, &std::pair<std::string_view, MedicationAccess>::first);
    if (known == accesses.end()) {
      complain("medications is none of include, search, read");
    } else {
      vendor_.medications = known->second;
    }
  } else if (name == "mostCount") {
    vendor_.most_count =
        static_cast<unsigned>(std::min<std::uint64_t>(number(name, value), 10'000));
  } else if (name == "searchNeedsOneOf") {
    read_needs(value);
  } else if (name == "headers") {
    read_headers(value);
  } else if (name == "documentTypes") {
    vendor_.document_types = texts(name, value);
  } else if (name == "inlineBytes") {
    vendor_.inline_bytes = number(name, value);
  } else {
    complain(fmt::format("{} is not a member of a vendor's file", name));
  }
}

Vendor VendorFile::read(const dom::object& file) {
  for (const auto [name, value] : file) read_member(name, value);
  if (vendor_.name.empty()) complain("name is absent");
  if (vendor_.document_types.empty()) complain("documentTypes is absent");
  for (const std::string& fact : facts_) {
    if (std::ranges::find(sourced_, fact) == sourced_.end()) {
      complain(fmt::format("sources says nothing about {}", fact));
    }
  }
  for (const std::string& name : vendor_.unverified) {
    if (std::ranges::find(facts_, name) == facts_.end()) {
      complain(fmt::format("unverified names {}, which is not in the file", name));
    }
  }
  return std::move(vendor_);
}

/// A query's type, and its parameters as they stand: "_count=200".
struct Search {
  std::string type;
  std::vector<std::string> parameters;

  bool has(std::string_view name) const {
    return std::ranges::any_of(parameters, [&](const std::string& parameter) {
      const auto rest = std::string_view(parameter).substr(std::min(name.size(), parameter.size()));
      return parameter.starts_with(name) && (rest.starts_with('=') || rest.starts_with(':'));
    });
  }
};

Search split(std::string_view query) {
  const auto mark = query.find('?');
  Search search{std::string(query.substr(0, mark)), {}};
  std::string_view rest = mark == query.npos ? std::string_view() : query.substr(mark + 1);
  while (!rest.empty()) {
    const auto end = std::min(rest.find('&'), rest.size());
    if (end > 0) search.parameters.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return search;
}

void cap_count(std::string& parameter, unsigned most) {
  constexpr std::string_view name = "_count=";
  if (!parameter.starts_with(name)) return;
  unsigned asked = 0;
  std::from_chars(parameter.data() + name.size(), parameter.data() + parameter.size(), asked);
  if (asked > most) parameter = fmt::format("{}{}", name, most);
}
}  // namespace

Result<Vendor> read_vendor(std::string_view json, const std::string& name) {
  dom::parser parser;
  dom::object file;
  if (parser.parse(json.data(), json.size()).get(file)) {
    return refuse(ErrorKind::malformed, name, "not a JSON object");
  }
  VendorFile reader;
  Vendor vendor = reader.read(file);
  if (!reader.complaint().empty()) return refuse(ErrorKind::malformed, name, reader.complaint());
  return vendor;
}

Result<Vendor> load_vendor(const std::string& data, const std::string& name) {
  const bool is_name = std::ranges::all_of(
      name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
  if (!is_name) {
    return refuse(ErrorKind::missing, "vendor", "a vendor's name is small letters: epic, oracle");
  }
  const std::string path = fmt::format("{}/vendors/{}.json", data, name.empty() ? "generic" : name);
  const auto text = press::read_file(path, largest_file);
  if (!text) return tl::unexpected(text.error());
  return read_vendor(*text, path);
}

Result<std::string> fitted(const Vendor& vendor, std::string query) {
  Search search = split(query);
  if (query.find('?') == query.npos) return query;  // a read
  for (const SearchNeed& need : vendor.needs) {
    const auto given = [&](const std::string& parameter) { return search.has(parameter); };
    if (need.type != search.type || std::ranges::any_of(need.one_of, given)) continue;
    return refuse(ErrorKind::unsupported, search.type,
                  fmt::format("{} takes this search only with one of {}", vendor.name,
                              fmt::join(need.one_of, ", ")));
  }
  if (vendor.most_count > 0) {
    for (std::string& parameter : search.parameters) cap_count(parameter, vendor.most_count);
  }
  if (search.type == "MedicationRequest" && vendor.medications == MedicationAccess::include &&
      !search.has("_include")) {
    search.parameters.emplace_back("_include=MedicationRequest:medication");
  }
  return fmt::format("{}?{}", search.type, fmt::join(search.parameters, "&"));
}
}  // namespace legwork::plugin
