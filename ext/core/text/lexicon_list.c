#include "lexicon_list.h"

static const vst_lexicon_list lists[VST_LISTS] = {
#define VST_LIST(id, name, category, traits) {name, category, traits},
	VST_LEXICON_LISTS(VST_LIST)
#undef VST_LIST
};

_Static_assert(VST_LISTS <= 64, "a match holds its lists in 64 bits");

const vst_lexicon_list *vst_lexicon_list_of(unsigned list)
{
	return &lists[list];
}

uint64_t vst_lexicon_category(vst_str category)
{
	uint64_t found = 0;

	for (unsigned i = 0; i < VST_LISTS && category.len > 0; i++) {
		found |= vst_str_is(category, lists[i].category) ? UINT64_C(1) << i : 0;
	}
	return found;
}

unsigned vst_lexicon_list_named(vst_str name)
{
	unsigned list = 0;

	while (list < VST_LISTS && !vst_str_is(name, lists[list].name)) {
		list++;
	}
	return list;
}

uint64_t vst_lexicon_shown(void)
{
#define VST_SHOWN(id, name, category, traits) | (sizeof(category) > 1 ? UINT64_C(1) << VST_LIST_##id : 0)
	return 0 VST_LEXICON_LISTS(VST_SHOWN);
#undef VST_SHOWN
}

uint64_t vst_lexicon_masked(void)
{
#define VST_MASKED(id, name, category, traits) | (((traits) &VST_TRAIT_MASKED) != 0 ? UINT64_C(1) << VST_LIST_##id : 0)
	return 0 VST_LEXICON_LISTS(VST_MASKED);
#undef VST_MASKED
}
