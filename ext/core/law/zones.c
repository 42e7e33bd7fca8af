#include "law.h"

/* tzdata 2026f, zone1970.tab and zone.tab, country RU. Federal law 107-FZ, article 5, says which hour they keep. */
static const char *const zones[] = {
	"Europe/Kaliningrad", "Europe/Moscow",      "Europe/Simferopol", "Europe/Kirov",
	"Europe/Volgograd",   "Europe/Astrakhan",   "Europe/Saratov",    "Europe/Ulyanovsk",
	"Europe/Samara",      "Asia/Yekaterinburg", "Asia/Omsk",         "Asia/Novosibirsk",
	"Asia/Barnaul",       "Asia/Tomsk",         "Asia/Novokuznetsk", "Asia/Krasnoyarsk",
	"Asia/Irkutsk",       "Asia/Chita",         "Asia/Yakutsk",      "Asia/Khandyga",
	"Asia/Vladivostok",   "Asia/Ust-Nera",      "Asia/Magadan",      "Asia/Sakhalin",
	"Asia/Srednekolymsk", "Asia/Kamchatka",     "Asia/Anadyr",       NULL,
};

const char *const *vst_russian_zones(void)
{
	return zones;
}
