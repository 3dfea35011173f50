#include "app/assess.hpp"
#include "app/batch.hpp"
#include "app/exit.hpp"
#include "app/feedback.hpp"
#include "app/fetch_export.hpp"
#include "app/pack.hpp"
#include "app/records.hpp"
#include "app/report.hpp"
#include "app/serve.hpp"
#include "app/tell.hpp"
#include "app/template.hpp"
#include "app/verify.hpp"
#include "app/worker.hpp"

#include <CLI/CLI.hpp>
#include <new>

namespace {
using namespace legwork::app;

Exit run(int count, char** words) {
  CLI::App app(
      "legwork reads a chart (FHIR), holds it against every cause of heavy legs that its source "
      "article names, and says what the chart supports, what it cannot tell, and what would tell.",
      "legwork");
  app.set_version_flag("--version", "legwork " LEGWORK_VERSION);
  app.require_subcommand(0, 1);
  app.footer(
      "Exit codes: 0 done; 1 done, but some input was rejected (listed), or, of verify, the report "
      "differs; 2 wrong use; 3 nothing could be done; of fetch-export, batch and its steps, 42 "
      "this can never work, 75 try again.\nAn example: legwork report chart.json -o "
      "report.pdf");
  std::function<Exit()> chosen;
  add_report(app, chosen);
  add_assess(app, chosen);
  add_fetch_export(app, chosen);
  add_batch(app, chosen);
  add_records(app, chosen);
  add_worker(app, chosen);
  add_verify(app, chosen);
  add_serve(app, chosen);
  add_pack(app, chosen);
  add_template(app, chosen);
  add_feedback(app, chosen);
  try {
    app.parse(count, words);
  } catch (const CLI::Success& wish) {  // --help, --version
    app.exit(wish);
    return Exit::done;
  } catch (const CLI::ParseError& error) {
    tell("command line", std::string(error.what()) + " (see legwork --help)");
    return Exit::misuse;
  }
  if (chosen) return chosen();
  tell("command line",
       "say what to do: report, assess, fetch-export, batch, serve, verify, feedback, pack or "
       "template; or, of a batch on many machines, records, resolve, worker or collect (see "
       "legwork --help)");
  return Exit::misuse;
}
}  // namespace

int main(int count, char** words) {
  try {
    return static_cast<int>(run(count, words));
  } catch (const std::bad_alloc&) {
    tell("memory", "there is not enough for this input; give one patient's record at a time");
  } catch (const std::exception&) {  // what() may quote the input
    tell("internal error",
         "this is a fault of legwork; please report it with the command that you typed");
  }
  return static_cast<int>(Exit::nothing);
}
