#pragma once

#include "bulk/outside.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace legwork::bulk::sample {
/// A server that answers at once, and a clock that moves only when somebody waits.
class World {
 public:
  using Serve = std::function<Result<press::Fetched>(const press::Outgoing&)>;
  explicit World(Serve serve);

  Outside outside();

  /// What was asked, "GET https://ehr.example.org/fhir/Patient/$export", in its order.
  std::vector<std::string> asked() const;
  std::vector<press::Outgoing> requests() const;
  std::vector<std::chrono::milliseconds> waits() const;

 private:
  struct Inside;
  std::shared_ptr<Inside> inside_;
};

/// The value of a header that is sent; "" where it is not.
std::string header_of(const press::Outgoing& request, std::string_view name);

press::Fetched answer(unsigned status, std::string body = {},
                      std::vector<press::Header> headers = {});

/// Lets a body go where the request wants it, as fetch does.
Result<press::Fetched> deliver(const press::Outgoing& request, press::Fetched answer);
}  // namespace legwork::bulk::sample
