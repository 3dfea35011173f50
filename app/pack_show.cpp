#include "app/pack_show.hpp"

#include "app/tell.hpp"
#include "press/data.hpp"
#include "press/io.hpp"
#include "publish/review.hpp"

#include <CLI/CLI.hpp>
#include <memory>

namespace legwork::app {
namespace {
struct Options {
  std::string pack;
  std::string format = "text";
  std::string output = "-";
};

Exit run(const Options& options) {
  const auto data = press::find_data();
  if (!data) return tell(data.error());
  const auto pack = press::load_pack(*data, options.pack);
  if (!pack) return tell(pack.error());
  const auto review = publish::review_of(*pack);
  const auto output =
      options.format == "html" ? publish::to_html(review) : publish::to_text(review);
  if (const auto written = press::write_file(options.output, output); !written) {
    return tell(written.error());
  }
  return Exit::done;
}
}  // namespace

void add_pack_show(CLI::App& pack_command, std::function<Exit()>& chosen) {
  auto* command = pack_command.add_subcommand(
      "show", "Print a pack as a person reads it: every rule in words, with claim and source");
  const auto options = std::make_shared<Options>();
  command->add_option("pack", options->pack, "the pack's folder (default: heavy-legs)")
      ->option_text("DIR");
  command->add_option("--format", options->format, "text (default), or html: one page with search")
      ->check(CLI::IsMember({"text", "html"}))
      ->option_text("text|html");
  command
      ->add_option("-o,--output", options->output, "where to write it (default: standard output)")
      ->option_text("FILE");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
