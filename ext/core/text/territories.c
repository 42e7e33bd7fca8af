#include "territories.h"

/*
 * In order of the names' bytes. Yakutia is the one subject with several hours: its districts keep UTC+9, +10 and +11,
 * and the plan does not name the district. In Donetsk, Luhansk, Zaporizhzhia and Kherson Moscow's hour is kept under
 * that law; tzdata files these places otherwise.
 */
static const struct {
	const char *name, *zones;
} territories[] = {
	{"Алтайский край", "Asia/Barnaul"},
	{"Амурская область", "Asia/Yakutsk"},
	{"Архангельская область", "Europe/Moscow"},
	{"Астраханская область", "Europe/Astrakhan"},
	{"Белгородская область", "Europe/Moscow"},
	{"Брянская область", "Europe/Moscow"},
	{"Владимирская область", "Europe/Moscow"},
	{"Волгоградская область", "Europe/Volgograd"},
	{"Вологодская область", "Europe/Moscow"},
	{"Воронежская область", "Europe/Moscow"},
	{"Город Москва", "Europe/Moscow"},
	{"Город Санкт-Петербург", "Europe/Moscow"},
	{"Город Севастополь", "Europe/Simferopol"},
	{"Донецкая Народная Республика", "Europe/Moscow"},
	{"Еврейская автономная область", "Asia/Vladivostok"},
	{"Забайкальский край", "Asia/Chita"},
	{"Запорожская область", "Europe/Moscow"},
	{"Ивановская область", "Europe/Moscow"},
	{"Иркутская область", "Asia/Irkutsk"},
	{"Кабардино-Балкарская Республика", "Europe/Moscow"},
	{"Калининградская область", "Europe/Kaliningrad"},
	{"Калужская область", "Europe/Moscow"},
	{"Камчатский край", "Asia/Kamchatka"},
	{"Карачаево-Черкесская Республика", "Europe/Moscow"},
	{"Кемеровская область - Кузбасс", "Asia/Novokuznetsk"},
	{"Кировская область", "Europe/Kirov"},
	{"Костромская область", "Europe/Moscow"},
	{"Краснодарский край", "Europe/Moscow"},
	{"Красноярский край", "Asia/Krasnoyarsk"},
	{"Курганская область", "Asia/Yekaterinburg"},
	{"Курская область", "Europe/Moscow"},
	{"Ленинградская область", "Europe/Moscow"},
	{"Липецкая область", "Europe/Moscow"},
	{"Луганская Народная Республика", "Europe/Moscow"},
	{"Магаданская область", "Asia/Magadan"},
	{"Московская область", "Europe/Moscow"},
	{"Мурманская область", "Europe/Moscow"},
	{"Ненецкий автономный округ", "Europe/Moscow"},
	{"Нижегородская область", "Europe/Moscow"},
	{"Новгородская область", "Europe/Moscow"},
	{"Новосибирская область", "Asia/Novosibirsk"},
	{"Омская область", "Asia/Omsk"},
	{"Оренбургская область", "Asia/Yekaterinburg"},
	{"Орловская область", "Europe/Moscow"},
	{"Пензенская область", "Europe/Moscow"},
	{"Пермский край", "Asia/Yekaterinburg"},
	{"Приморский край", "Asia/Vladivostok"},
	{"Псковская область", "Europe/Moscow"},
	{"Республика Адыгея", "Europe/Moscow"},
	{"Республика Алтай", "Asia/Barnaul"},
	{"Республика Башкортостан", "Asia/Yekaterinburg"},
	{"Республика Бурятия", "Asia/Irkutsk"},
	{"Республика Дагестан", "Europe/Moscow"},
	{"Республика Ингушетия", "Europe/Moscow"},
	{"Республика Калмыкия", "Europe/Moscow"},
	{"Республика Карелия", "Europe/Moscow"},
	{"Республика Коми", "Europe/Moscow"},
	{"Республика Крым", "Europe/Simferopol"},
	{"Республика Марий Эл", "Europe/Moscow"},
	{"Республика Мордовия", "Europe/Moscow"},
	{"Республика Саха (Якутия)", "Asia/Yakutsk|Asia/Ust-Nera|Asia/Srednekolymsk"},
	{"Республика Северная Осетия - Алания", "Europe/Moscow"},
	{"Республика Татарстан", "Europe/Moscow"},
	{"Республика Тыва", "Asia/Krasnoyarsk"},
	{"Республика Хакасия", "Asia/Krasnoyarsk"},
	{"Российская Федерация", ""},
	{"Ростовская область", "Europe/Moscow"},
	{"Рязанская область", "Europe/Moscow"},
	{"Самарская область", "Europe/Samara"},
	{"Саратовская область", "Europe/Saratov"},
	{"Сахалинская область", "Asia/Sakhalin"},
	{"Свердловская область", "Asia/Yekaterinburg"},
	{"Смоленская область", "Europe/Moscow"},
	{"Ставропольский край", "Europe/Moscow"},
	{"Тамбовская область", "Europe/Moscow"},
	{"Тверская область", "Europe/Moscow"},
	{"Томская область", "Asia/Tomsk"},
	{"Тульская область", "Europe/Moscow"},
	{"Тюменская область", "Asia/Yekaterinburg"},
	{"Удмуртская Республика", "Europe/Samara"},
	{"Ульяновская область", "Europe/Ulyanovsk"},
	{"Хабаровский край", "Asia/Vladivostok"},
	{"Ханты-Мансийский автономный округ - Югра", "Asia/Yekaterinburg"},
	{"Херсонская область", "Europe/Moscow"},
	{"Челябинская область", "Asia/Yekaterinburg"},
	{"Чеченская Республика", "Europe/Moscow"},
	{"Чувашская Республика - Чувашия", "Europe/Moscow"},
	{"Чукотский автономный округ", "Asia/Anadyr"},
	{"Ямало-Ненецкий автономный округ", "Asia/Yekaterinburg"},
	{"Ярославская область", "Europe/Moscow"},
};

#define COUNT (sizeof territories / sizeof territories[0])

static int compare(vst_str a, vst_str b)
{
	int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);

	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* NULL: no such subject. */
static const char *zones_of(vst_str name)
{
	size_t from = 0, to = COUNT;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = compare(name, vst_str_from(territories[middle].name));

		if (order == 0) {
			return territories[middle].zones;
		}
		if (order < 0) {
			to = middle;
		} else {
			from = middle + 1;
		}
	}
	return NULL;
}

static vst_str trim(vst_str text)
{
	while (text.len > 0 && text.ptr[0] == ' ') {
		text = (vst_str) {text.ptr + 1, text.len - 1};
	}
	while (text.len > 0 && text.ptr[text.len - 1] == ' ') {
		text.len--;
	}
	return text;
}

/* What stands before the separator; *rest is what follows it, empty at the end. */
static vst_str take(vst_str *rest, char separator)
{
	const char *found = rest->len > 0 ? memchr(rest->ptr, separator, rest->len) : NULL;
	vst_str part = {rest->ptr, found != NULL ? (size_t) (found - rest->ptr) : rest->len};

	*rest = found != NULL ? (vst_str) {found + 1, rest->len - part.len - 1} : VST_STR_EMPTY;
	return part;
}

/* False: no room. */
static bool add_zone(char zones[VST_TERRITORY_ZONES_TEXT], vst_str zone)
{
	vst_str rest = vst_str_from(zones);
	size_t len = rest.len;

	while (rest.len > 0) {
		if (vst_str_equal(take(&rest, '|'), zone)) {
			return true;
		}
	}
	if (len + 1 + zone.len >= VST_TERRITORY_ZONES_TEXT) {
		return false;
	}
	if (len > 0) {
		zones[len++] = '|';
	}
	memcpy(zones + len, zone.ptr, zone.len);
	zones[len + zone.len] = '\0';
	return true;
}

void vst_territory_read(vst_str text, vst_territory *out)
{
	vst_str subjects;
	bool known = true, zoned = true;

	for (size_t i = text.len; i > 0; i--) {
		if (text.ptr[i - 1] == '|') {
			text = (vst_str) {text.ptr + i, text.len - i};
			break;
		}
	}
	out->name = subjects = trim(text);
	out->zones[0] = '\0';
	known = subjects.len > 0;
	while (known && subjects.len > 0) {
		const char *joined = zones_of(trim(take(&subjects, ',')));
		vst_str zones = vst_str_from(joined);

		known = joined != NULL;
		zoned = zoned && zones.len > 0;
		while (known && zones.len > 0) {
			known = add_zone(out->zones, take(&zones, '|'));
		}
	}
	out->kind = !known ? VST_TERRITORY_UNKNOWN : zoned ? VST_TERRITORY_ZONED : VST_TERRITORY_NATIONWIDE;
	if (out->kind != VST_TERRITORY_ZONED) {
		out->zones[0] = '\0';
	}
}

const char *vst_territory_entry(size_t index, const char **zones)
{
	if (index >= COUNT) {
		return NULL;
	}
	*zones = territories[index].zones;
	return territories[index].name;
}
