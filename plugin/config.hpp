#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace legwork::plugin {
/// One EHR that may call: a section [client.NAME] of the configuration.
struct ClientConfig {
  std::string name;                        ///< NAME: stands in logs and metrics
  std::string issuer;                      ///< "iss" of its JWTs
  std::string jwks;                        ///< its public keys: a file, or an https address
  std::vector<std::string> jku;            ///< addresses of keys that its JWTs may name
  std::vector<std::string> fhir_servers;   ///< base addresses that charts may be fetched from
  std::string vendor;                      ///< whose ways its FHIR server has: a file in vendors/
  std::string smart_client_id;             ///< of the page at this EHR; "" where it is not used
  std::string smart_scope;                 ///< what the page asks for; "": the least that it needs
  std::vector<std::string> smart_origins;  ///< where its sign-in answers, if not as fhir_servers
};

struct TlsConfig {
  std::string certificate, key;  ///< PEM files; both or neither
};

/// How much one client or one request may cost. What goes beyond is refused, never cut.
struct Limits {
  std::size_t body = std::size_t{16} << 20;       ///< bytes, also when unpacked
  std::size_t header = std::size_t{16} << 10;     ///< bytes of all header fields
  std::size_t connections = 1024;                 ///< open at a time
  std::size_t queue = 64;                         ///< requests waiting for a thread
  unsigned threads = 0;                           ///< that evaluate; 0: one a core
  unsigned waiting_threads = 32;                  ///< that wait for FHIR servers
  std::chrono::milliseconds header_time{10'000};  ///< from the first byte to the last header
  std::chrono::milliseconds body_time{30'000};    ///< for the body
  std::chrono::milliseconds idle_time{60'000};    ///< between requests
  std::chrono::milliseconds fetch_time{3'000};    ///< for all that one call fetches
  std::chrono::milliseconds drain_time{20'000};   ///< for what is under way when told to stop
  unsigned requests_per_minute = 600;  ///< of one address, where nobody has to say who they are
};

/// Where an event may be written. No level writes patient data.
enum class LogFormat : std::uint8_t { json, text };

/// All that `legwork serve` is told.
struct Config {
  std::string listen = "127.0.0.1:8080";  ///< address:port; port 0: any that is free
  std::string base_url;                   ///< as clients call it: "https://legwork.example.org"
  bool plain_http = false;  ///< without TLS beyond loopback: behind a proxy that has it
  TlsConfig tls;
  Limits limits;
  std::vector<ClientConfig> clients;
  std::vector<std::string> cors_origins;     ///< of pages that may call the CDS service
  std::vector<std::string> frame_ancestors;  ///< sites that may show the page in a frame
  std::string data;                          ///< folder; "": as press::find_data
  std::string pack;                          ///< folder; "": heavy-legs
  std::string codes;                         ///< a site's own codes; "" for none
  std::string database;      ///< SQLite file for feedback; "": feedback is taken and not kept
  std::string key_file;      ///< secret of the keyed hashes in it
  bool file_summary = true;  ///< cards offer the report, as a PDF in a suggestion
  std::string
      ca_file;  ///< PEM: authorities that the EHR's servers are trusted by; "": the system's
  LogFormat log_format = LogFormat::json;
};
}  // namespace legwork::plugin
