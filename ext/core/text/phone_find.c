/*
 * A run is a row of digit groups with nothing but separators between them: "8 (495) 000-00-01" is five groups. Numbers
 * begin and end at group borders, never inside of one, and do not overlap. Of all ways to cut a run into numbers and
 * rest, the one is taken that leaves the fewest digits over.
 */
#include "phone_find.h"

#include "phone_digits.h"

#define GROUPS_MAX 48
#define DIGITS_IN_RUN_MAX 240

typedef struct group {
	unsigned char at, count; /* into the run's digits */
	bool plus, opening;
} group;

typedef struct run {
	char digits[DIGITS_IN_RUN_MAX];
	size_t digit_count;
	group groups[GROUPS_MAX];
	size_t group_count;
} run;

typedef struct finder {
	vst_arena *arena;
	vst_phone *found;
	size_t count, capacity;
} finder;

static bool is_shape(const group *groups, size_t count)
{
	static const char *const shapes[] = {"3322", "334", "3223", "3232", "4222", "433",
	                                     "424",  "37",  "46",   "522",  "532",  "55"};
	char shape[8];

	if (count >= sizeof shape) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		shape[i] = (char) ('0' + (groups[i].count < 10 ? groups[i].count : 0));
	}
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		if (strlen(shapes[i]) == count && memcmp(shapes[i], shape, count) == 0) {
			return true;
		}
	}
	return false;
}

/* Groups [from, to) as one number. */
static bool read_groups(const run *r, size_t from, size_t to, vst_phone *out)
{
	const group *first = &r->groups[from], *last = &r->groups[to - 1];
	const char *digits = r->digits + first->at;
	size_t count = (size_t) (last->at + last->count - first->at);

	*out = (vst_phone) {0, "", -1};
	if (count > VST_PHONE_DIGITS_MAX) {
		return false;
	}
	if (first->plus) {
		return vst_phone_with_plus(digits, count, out);
	}
	if (count == 10 && digits[0] != '9' && !first->opening && !is_shape(first, to - from)) {
		return false; /* a tax number, a date with a time */
	}
	if (count >= 10 && to - from == 1 && digits[0] == '0') {
		return false; /* a bar code or an account */
	}
	return vst_phone_at_home(digits, count, out);
}

static bool add(finder *f, const vst_phone *phone)
{
	for (size_t i = 0; i < f->count; i++) {
		if (f->found[i].number == phone->number) {
			return true;
		}
	}
	if (f->count == f->capacity) {
		size_t capacity = f->capacity == 0 ? 8 : f->capacity * 2;
		vst_phone *found = vst_arena_array(f->arena, capacity, sizeof *found);

		if (found == NULL) {
			return false;
		}
		if (f->count > 0) {
			memcpy(found, f->found, f->count * sizeof *found);
		}
		f->found = found;
		f->capacity = capacity;
	}
	f->found[f->count++] = *phone;
	return true;
}

/* From the run's end to its beginning: the most digits that numbers from this group on can cover. */
static bool take_run(finder *f, run *r)
{
	unsigned covered[GROUPS_MAX + 1];
	size_t number_end[GROUPS_MAX]; /* 0: no number begins here */
	vst_phone phone;

	if (r->digit_count < 7 || r->group_count == 0) {
		return true;
	}
	covered[r->group_count] = 0;
	for (size_t from = r->group_count; from-- > 0;) {
		covered[from] = covered[from + 1];
		number_end[from] = 0;
		for (size_t to = from + 1; to <= r->group_count; to++) {
			unsigned digits = (unsigned) (r->groups[to - 1].at + r->groups[to - 1].count - r->groups[from].at);

			if (digits > VST_PHONE_DIGITS_MAX) {
				break;
			}
			if (digits + covered[to] > covered[from] && read_groups(r, from, to, &phone)) {
				covered[from] = digits + covered[to];
				number_end[from] = to;
			}
		}
	}
	for (size_t from = 0; from < r->group_count;) {
		if (number_end[from] == 0) {
			from++;
			continue;
		}
		if (read_groups(r, from, number_end[from], &phone) && !add(f, &phone)) {
			return false;
		}
		from = number_end[from];
	}
	return true;
}

static void begin_run(run *r)
{
	r->digit_count = r->group_count = 0;
}

static void put_digit(run *r, char digit, bool begins, bool plus, bool opening)
{
	if (begins) {
		r->groups[r->group_count++] = (group) {(unsigned char) r->digit_count, 0, plus, opening};
	}
	r->groups[r->group_count - 1].count++;
	r->digits[r->digit_count++] = digit;
}

/* Mobile, cannot be told, fixed; the order within them stays. */
static vst_rc sort(const finder *f, vst_phone **out, vst_err *err)
{
	static const int order[] = {1, -1, 0};
	vst_phone *sorted = vst_arena_array(f->arena, f->count + 1, sizeof *sorted);
	size_t count = 0;

	if (sorted == NULL) {
		return vst_fail_nomem(err);
	}
	for (size_t kind = 0; kind < sizeof order / sizeof order[0]; kind++) {
		for (size_t i = 0; i < f->count; i++) {
			if (f->found[i].mobile == order[kind]) {
				sorted[count++] = f->found[i];
			}
		}
	}
	*out = sorted;
	return VST_OK;
}

vst_rc vst_phone_find(vst_str text, vst_arena *arena, vst_phone **out, size_t *count, vst_err *err)
{
	finder f = {arena, NULL, 0, 0};
	bool in_group = false, plus = false, opening = false;
	size_t offset = 0;
	vst_rc rc;
	run r;

	begin_run(&r);
	while (offset < text.len) {
		char digit = 0;
		vst_phone_mark mark = vst_phone_next(text, &offset, &digit);
		bool full = r.digit_count == DIGITS_IN_RUN_MAX || r.group_count == GROUPS_MAX;

		if (mark == VST_PHONE_IGNORED) {
			continue;
		}
		if (mark == VST_PHONE_DIGIT && !(full && !in_group) && r.digit_count < DIGITS_IN_RUN_MAX) {
			put_digit(&r, digit, !in_group, plus, opening);
			in_group = true;
			plus = opening = false;
			continue;
		}
		in_group = false;
		if (mark == VST_PHONE_SEPARATOR) {
			continue;
		}
		if (mark == VST_PHONE_OPENING) {
			opening = true;
			continue;
		}
		if (!take_run(&f, &r)) {
			return vst_fail_nomem(err);
		}
		begin_run(&r);
		plus = mark == VST_PHONE_PLUS;
		opening = false;
		if (mark == VST_PHONE_DIGIT) { /* a row longer than any list of numbers: go on behind it */
			put_digit(&r, digit, true, false, false);
			in_group = true;
		}
	}
	if (!take_run(&f, &r)) {
		return vst_fail_nomem(err);
	}
	rc = sort(&f, out, err);
	if (rc == VST_OK) {
		*count = f.count;
	}
	return rc;
}
