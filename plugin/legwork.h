/* legwork.h: charts in, reports out, for a program that calls in-process. C99.
 *
 *     legwork_knowledge *knowledge;
 *     if (legwork_open(NULL, &knowledge) != LEGWORK_DONE) ...
 *     legwork_text chart = {bytes, length};
 *     legwork_result *result = legwork_ask(knowledge, &chart, 1, LEGWORK_PDF, NULL);
 *     if (legwork_status_of(result) <= LEGWORK_IN_PART)
 *       use(legwork_data(result), legwork_size(result));
 *     legwork_free(result);
 *     legwork_close(knowledge);
 *
 * Any number of threads may ask of the same knowledge at once; a result belongs to one. Nothing is
 * thrown, printed or kept; no input is written to. examples/c/report.c is a whole program. */
#ifndef LEGWORK_H
#define LEGWORK_H

#include <stddef.h>

#if defined(__GNUC__)
#define LEGWORK_API __attribute__((visibility("default")))
#else
#define LEGWORK_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Grows when something is added; what was there goes on working. The library's file name (so
 * version) changes when something is taken away. */
#define LEGWORK_ABI 1

/* The newest LEGWORK_ABI that the library at hand knows. */
LEGWORK_API int legwork_abi(void);
/* "0.1.0" */
LEGWORK_API const char *legwork_version(void);

typedef enum legwork_status {
  LEGWORK_DONE = 0,
  LEGWORK_IN_PART = 1, /* done, but some of the chart could not be used: legwork_problems */
  LEGWORK_MISUSE = 2,  /* the call is wrong: a NULL, an unknown form, a day that is none */
  LEGWORK_NOTHING = 3  /* nothing could be done: legwork_problems says why and what to do */
} legwork_status;

typedef enum legwork_form {
  LEGWORK_ASSESSMENT = 0, /* JSON */
  LEGWORK_PDF = 1,
  LEGWORK_HTML = 2,
  LEGWORK_PLAIN_TEXT = 3,
  LEGWORK_DOCUMENT = 4 /* FHIR R4 document Bundle, JSON, with the PDF in it */
} legwork_form;

/* A text that need not end with a zero. */
typedef struct legwork_text {
  const char *data;
  size_t size;
} legwork_text;

/* What goes beyond the chart. Fill it with zeros, then `size`; each NULL is what goes without
 * saying. */
typedef struct legwork_options {
  size_t size;          /* sizeof(legwork_options), as the caller was compiled */
  const char *as_of;    /* the day to judge the chart on, "2026-11-22"; NULL: today */
  const char *onset;    /* when the complaint began: "2026-09" */
  const char *subject;  /* "Patient/p1": a chart about somebody else is refused */
  const char *layout;   /* template: "clinician" (NULL), "compact", "patient" */
  const char *language; /* of the template: "es" */
} legwork_options;

typedef struct legwork_knowledge legwork_knowledge;
typedef struct legwork_result legwork_result;

/* Reads pack, templates and fonts: some tens of milliseconds, once. `data`: the folder that holds
 * packs and templates; NULL: $LEGWORK_DATA, or share/legwork beside the library's folder. On
 * failure *opened is NULL, and legwork_open_problems says why. */
LEGWORK_API legwork_status legwork_open(const char *data, legwork_knowledge **opened);
/* Why the last legwork_open of this thread failed: a FHIR OperationOutcome as JSON; "" if it did
 * not. Lasts until this thread opens again. */
LEGWORK_API const char *legwork_open_problems(void);
/* NULL is allowed. No call may be under way. */
LEGWORK_API void legwork_close(legwork_knowledge *knowledge);

/* Assesses one patient's chart, `count` texts of FHIR R4 (JSON, NDJSON or XML, told by their first
 * character), and writes what is asked for. Same input, same bytes. `options` may be NULL. The
 * result must be freed; it is NULL only where memory is out. */
LEGWORK_API legwork_result *legwork_ask(legwork_knowledge *knowledge, const legwork_text *charts,
                                        size_t count, legwork_form form,
                                        const legwork_options *options);

/* Of a NULL: LEGWORK_NOTHING. */
LEGWORK_API legwork_status legwork_status_of(const legwork_result *result);
/* What was made; it also ends with a zero. "" where nothing was. Lasts as long as the result. */
LEGWORK_API const char *legwork_data(const legwork_result *result);
LEGWORK_API size_t legwork_size(const legwork_result *result);
/* What was wrong with the call or the chart: a FHIR OperationOutcome as JSON, by resource reference
 * and reason, without patient data; "" where nothing was. */
LEGWORK_API const char *legwork_problems(const legwork_result *result);
/* NULL is allowed. */
LEGWORK_API void legwork_free(legwork_result *result);

#ifdef __cplusplus
}
#endif
#endif
