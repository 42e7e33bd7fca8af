#include "template_worst.h"

#include "utf8.h"

/* What a text takes, in numbers that add up over its pieces, whatever the encoding will be. */
typedef struct cost {
	long septets; /* of its characters in the GSM alphabet */
	long foreign; /* characters outside of it */
	long units;   /* UTF-16 */
} cost;

typedef struct worst_case {
	const vst_template *compiled;
	vst_template_choice *choices;
	size_t count;
	vst_buf *out;
	vst_template_fault *fault;
	vst_err *err;
} worst_case;

static bool look_up(void *context, vst_str name, vst_str *value)
{
	const worst_case *at = context;

	for (size_t i = 0; i < at->count; i++) {
		if (vst_str_equal(at->choices[i].name, name)) {
			*value = at->choices[i].values[at->choices[i].chosen];
			return true;
		}
	}
	return false;
}

/* With the values chosen at the moment. */
static vst_rc render(worst_case *at, cost *out)
{
	vst_str text;
	size_t offset = 0;
	vst_rc rc;

	vst_buf_clear(at->out);
	rc = vst_template_render(at->compiled, look_up, at, at->out, at->fault, at->err);
	*out = (cost) {0, 0, 0};
	text = vst_buf_str(at->out);
	while (rc == VST_OK && offset < text.len) {
		uint32_t code = vst_utf8_next(text, &offset);
		int septets = vst_gsm_septets(code);

		out->septets += septets;
		out->foreign += septets == 0;
		out->units += code > 0xFFFF ? 2 : 1;
	}
	return rc;
}

/* The values of one variable that may make the text dear, found with the others as they are: costs add up. */
typedef struct candidate {
	size_t longest;     /* most UTF-16 units */
	size_t longest_gsm; /* fewest characters outside the GSM alphabet, then most septets */
	size_t foreign;     /* more of them than `longest` has, at the least loss of units */
	bool has_foreign;
	long loss;
} candidate;

/* Renders every value and keeps its cost. A fault is in at->fault. */
static vst_rc try_values(worst_case *at, vst_template_choice *choice, cost *costs)
{
	vst_rc rc = VST_OK;

	for (size_t i = 0; i < choice->count && rc == VST_OK && at->fault->kind == VST_TEMPLATE_OK; i++) {
		choice->chosen = i;
		rc = render(at, &costs[i]);
	}
	choice->chosen = 0;
	return rc;
}

static candidate find_candidate(const cost *costs, size_t count)
{
	candidate found = {0, 0, 0, false, 0};

	for (size_t i = 1; i < count; i++) {
		const cost *gsm = &costs[found.longest_gsm];

		if (costs[i].units > costs[found.longest].units) {
			found.longest = i;
		}
		if (costs[i].foreign < gsm->foreign || (costs[i].foreign == gsm->foreign && costs[i].septets > gsm->septets)) {
			found.longest_gsm = i;
		}
	}
	for (size_t i = 0; i < count; i++) {
		long loss = costs[found.longest].units - costs[i].units;

		if (costs[i].foreign > costs[found.longest].foreign && (!found.has_foreign || loss < found.loss)) {
			found.has_foreign = true;
			found.foreign = i;
			found.loss = loss;
		}
	}
	return found;
}

static vst_rc find_candidates(worst_case *at, candidate *found)
{
	vst_arena arena = VST_ARENA_INIT;
	vst_rc rc = VST_OK;

	for (size_t i = 0; i < at->count && rc == VST_OK && at->fault->kind == VST_TEMPLATE_OK; i++) {
		cost *costs = vst_arena_array(&arena, at->choices[i].count, sizeof *costs);

		if (costs == NULL) {
			rc = vst_fail_nomem(at->err);
			break;
		}
		rc = try_values(at, &at->choices[i], costs);
		found[i] = find_candidate(costs, at->choices[i].count);
		vst_arena_reset(&arena);
	}
	vst_arena_free(&arena);
	return rc;
}

/* Puts one character outside of the GSM alphabet in where that loses least; false: no value has one. */
static bool force_ucs2(worst_case *at, const candidate *found)
{
	size_t best = at->count;

	for (size_t i = 0; i < at->count; i++) {
		if (found[i].has_foreign && (best == at->count || found[i].loss < found[best].loss)) {
			best = i;
		}
	}
	if (best < at->count) {
		at->choices[best].chosen = found[best].foreign;
	}
	return best < at->count;
}

static vst_rc render_and_measure(worst_case *at, vst_measure *out)
{
	cost ignored;
	vst_rc rc = render(at, &ignored);

	vst_text_measure(vst_buf_str(at->out), out);
	return rc;
}

/*
 * The longest text in UTF-16 units is the worst one when it is in UCS-2: a part holds 67 of them, and 153 septets, more
 * than twice as many. Else the worst is the one with most septets, or the longest that something forces into UCS-2.
 */
static vst_rc choose(worst_case *at, const candidate *found, vst_measure *measure)
{
	vst_measure gsm;
	vst_rc rc;

	for (size_t i = 0; i < at->count; i++) {
		at->choices[i].chosen = found[i].longest;
	}
	rc = render_and_measure(at, measure);
	if (rc != VST_OK || measure->encoding == VST_UCS2) {
		return rc;
	}
	for (size_t i = 0; i < at->count; i++) {
		at->choices[i].chosen = found[i].longest_gsm;
	}
	rc = render_and_measure(at, &gsm);
	for (size_t i = 0; i < at->count; i++) {
		at->choices[i].chosen = found[i].longest;
	}
	if (rc == VST_OK && force_ucs2(at, found)) {
		rc = render_and_measure(at, measure);
		if (measure->segments >= gsm.segments) {
			return rc;
		}
	}
	for (size_t i = 0; i < at->count; i++) {
		at->choices[i].chosen = found[i].longest_gsm;
	}
	return rc == VST_OK ? render_and_measure(at, measure) : rc;
}

vst_rc vst_template_worst(const vst_template *compiled, vst_template_choice *choices, size_t count, vst_buf *out,
                          vst_measure *measure, vst_template_fault *fault, vst_err *err)
{
	worst_case at = {compiled, choices, count, out, fault, err};
	candidate *found;
	vst_arena arena = VST_ARENA_INIT;
	vst_rc rc;

	*fault = (vst_template_fault) {VST_TEMPLATE_OK, 0, VST_STR_EMPTY, ""};
	found = vst_arena_array(&arena, count + 1, sizeof *found);
	if (found == NULL) {
		return vst_fail_nomem(err);
	}
	for (size_t i = 0; i < count; i++) {
		choices[i].chosen = 0;
	}
	rc = find_candidates(&at, found);
	if (rc == VST_OK && fault->kind == VST_TEMPLATE_OK) {
		rc = choose(&at, found, measure);
	}
	vst_arena_free(&arena);
	return rc;
}
