/* report CHART REPORT [DAY]: one patient's chart in, a PDF out.
 *
 *     cc report.c -llegwork -o report && ./report chart.json report.pdf 2026-11-22 */
#include "plugin/legwork.h" /* installed: <legwork.h> */

#include <stdio.h>
#include <stdlib.h>

static char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  char *text = NULL;
  long end = -1;
  if (file && fseek(file, 0, SEEK_END) == 0 && (end = ftell(file)) >= 0 &&
      fseek(file, 0, SEEK_SET) == 0 && (text = malloc((size_t)end + 1)) != NULL)
    *size = fread(text, 1, (size_t)end, file);
  if (file) fclose(file);
  return text;
}

int main(int count, char **words) {
  if (count < 3) {
    fprintf(stderr, "usage: report CHART REPORT [DAY]\n");
    return LEGWORK_MISUSE;
  }
  legwork_text chart = {NULL, 0};
  char *text = read_file(words[1], &chart.size);
  if (!text) {
    perror(words[1]);
    return LEGWORK_NOTHING;
  }
  chart.data = text;

  legwork_knowledge *knowledge;
  legwork_status status = legwork_open(NULL, &knowledge);
  if (status != LEGWORK_DONE) {
    fprintf(stderr, "%s", legwork_open_problems());
    free(text);
    return status;
  }
  legwork_options options = {sizeof options, NULL, NULL, NULL, NULL, NULL};
  options.as_of = count > 3 ? words[3] : NULL;
  legwork_result *result = legwork_ask(knowledge, &chart, 1, LEGWORK_PDF, &options);
  status = legwork_status_of(result);
  fprintf(stderr, "%s", legwork_problems(result));
  if (status <= LEGWORK_IN_PART) {
    FILE *report = fopen(words[2], "wb");
    if (!report || fwrite(legwork_data(result), 1, legwork_size(result), report) !=
                       legwork_size(result) || fclose(report) != 0) {
      perror(words[2]);
      status = LEGWORK_NOTHING;
    }
  }
  legwork_free(result);
  legwork_close(knowledge);
  free(text);
  return (int)status;
}
