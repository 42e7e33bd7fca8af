#include "check.h"

#include "text/region.h"
#include "vectors.h"

static void usual_spellings_are_read(void **state)
{
	static const struct {
		const char *text, *names, *zones; /* zones NULL: no subject */
	} cases[] = {
		{"Свердловская область", "Свердловская область", "Asia/Yekaterinburg"},
		{"Свердловская обл.", "Свердловская область", "Asia/Yekaterinburg"},
		{"обл. Свердловская", "Свердловская область", "Asia/Yekaterinburg"},
		{"СВЕРДЛОВСКАЯ ОБЛ", "Свердловская область", "Asia/Yekaterinburg"},
		{"Респ Татарстан", "Республика Татарстан", "Europe/Moscow"},
		{"Татарстан Респ.", "Республика Татарстан", "Europe/Moscow"},
		{"г Москва", "Город Москва", "Europe/Moscow"},
		{"г. Москва", "Город Москва", "Europe/Moscow"},
		{"Москва", "Город Москва", "Europe/Moscow"},
		{"Санкт-Петербург г", "Город Санкт-Петербург", "Europe/Moscow"},
		{"СПб", "Город Санкт-Петербург", "Europe/Moscow"},
		{"Саха /Якутия/ Респ", "Республика Саха (Якутия)", "Asia/Yakutsk|Asia/Ust-Nera|Asia/Srednekolymsk"},
		{"Якутия", "Республика Саха (Якутия)", "Asia/Yakutsk|Asia/Ust-Nera|Asia/Srednekolymsk"},
		{"ХМАО", "Ханты-Мансийский автономный округ - Югра", "Asia/Yekaterinburg"},
		{"Ханты-Мансийский Автономный округ — Югра АО", "Ханты-Мансийский автономный округ - Югра",
	     "Asia/Yekaterinburg"},
		{"Кемеровская область", "Кемеровская область - Кузбасс", "Asia/Novokuznetsk"},
		{"Еврейская Аобл", "Еврейская автономная область", "Asia/Vladivostok"},
		{"Чувашия", "Чувашская Республика - Чувашия", "Europe/Moscow"},
		{"Респ. Северная Осетия-Алания", "Республика Северная Осетия - Алания", "Europe/Moscow"},
		{"Алтайский край", "Алтайский край", "Asia/Barnaul"},
		{"Респ Алтай", "Республика Алтай", "Asia/Barnaul"},
		{"Пермский край, г. Пермь", "Пермский край", "Asia/Yekaterinburg"},
		{"Россия, 620000, Свердловская обл, Екатеринбург, Московская, 5", "Свердловская область", "Asia/Yekaterinburg"},
		{"Город Москва, Московская область", "Город Москва, Московская область", "Europe/Moscow"},
		{"Омская область, Томская область", "Омская область, Томская область", "Asia/Omsk|Asia/Tomsk"},
		{"", "", NULL},
		{"Россия", "", NULL},
		{"Российская Федерация", "", NULL},
		{"область", "", NULL},
		{"Екатеринбург", "", NULL},
		{"Атлантида", "", NULL},
		{"Минская область", "", NULL},
		{",,,", "", NULL},
		{"Московская улица", "", NULL},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_region region;
		bool read = vst_region_read(vst_str_from(cases[i].text), &region);

		case_integer(cases[i].text, "read", read, cases[i].zones != NULL);
		if (read) {
			case_text(cases[i].text, "names", vst_str_from(region.names), vst_str_from(cases[i].names));
			case_text(cases[i].text, "zones", vst_str_from(region.zones), vst_str_from(cases[i].zones));
		}
	}
}

static void every_subject_is_read_by_its_own_name(void **state)
{
	const char *name, *zones, *subject = NULL, *spelling, *before = "";

	(void) state;
	for (size_t i = 0; (name = vst_territory_entry(i, &zones)) != NULL; i++) {
		vst_region region;

		case_integer(name, "read", vst_region_read(vst_str_from(name), &region), zones[0] != '\0');
		if (zones[0] != '\0') {
			case_text(name, "zones", vst_str_from(region.zones), vst_str_from(zones));
			case_text(name, "names", vst_str_from(region.names), vst_str_from(name));
		}
	}
	for (size_t i = 0; (spelling = vst_region_spelling(i, &subject)) != NULL; i++) {
		vst_region region;

		assert_true(strcmp(before, spelling) < 0);
		case_integer(spelling, "read", vst_region_read(vst_str_from(spelling), &region), true);
		case_text(spelling, "names", vst_str_from(region.names), vst_str_from(subject));
		before = spelling;
	}
}

static void what_is_too_long_is_no_region(void **state)
{
	char text[2000];
	vst_region region;

	(void) state;
	memset(text, 'x', sizeof text);
	assert_false(vst_region_read((vst_str) {text, sizeof text}, &region));
	for (size_t i = 0; i + 4 <= sizeof text; i += 4) {
		memcpy(text + i, "\xD1\x8F, ", 4);
	}
	assert_false(vst_region_read((vst_str) {text, sizeof text}, &region));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(usual_spellings_are_read),
		cmocka_unit_test(every_subject_is_read_by_its_own_name),
		cmocka_unit_test(what_is_too_long_is_no_region),
	};

	return cmocka_run_group_tests_name("text/region", tests, NULL, NULL);
}
