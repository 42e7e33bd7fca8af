<?php

declare(strict_types=1);

namespace Vestnik\Sms\Order;

/**
 * The time zone of a Russian region by its name. The kernel's locations carry no zone, so the table is ours: the 89 subjects
 * by the Federal law on time of 2011 (107-ФЗ) as in tzdata 2026f. Yakutia alone lies in three zones: its region says nothing.
 */
final class RegionZone
{
    /** Beginnings of a word in the subject's name, ё as е; one word is enough. */
    private const ZONES = [
        'Asia/Yekaterinburg' => ['Ямало', 'Ханты', 'Пермск', 'Курганск', 'Оренбургск', 'Свердловск', 'Тюменск', 'Челябинск',
            'Башк'],
        'Europe/Kaliningrad' => ['Калининград'],
        'Europe/Moscow' => ['Москва', 'Московск', 'Санкт-Петербург', 'Краснодарск', 'Ставропольск', 'Архангельск',
            'Белгородск', 'Брянск', 'Владимирск', 'Вологодск', 'Воронежск', 'Ивановск', 'Калужск', 'Костромск', 'Курск',
            'Ленинградск', 'Липецк', 'Мурманск', 'Нижегородск', 'Новгородск', 'Орловск', 'Пензенск', 'Псковск', 'Ростовск',
            'Рязанск', 'Смоленск', 'Тамбовск', 'Тверск', 'Тульск', 'Ярославск', 'Адыге', 'Дагестан', 'Ингуш', 'Кабардино',
            'Калмык', 'Карачаево', 'Карели', 'Коми', 'Марий', 'Мордов', 'Осети', 'Татарстан', 'Чеч', 'Чуваш', 'Ненецк',
            'Донецк', 'Луганск', 'Запорожск', 'Херсонск'],
        'Europe/Simferopol' => ['Крым', 'Севастополь'],
        'Europe/Kirov' => ['Кировск'],
        'Europe/Volgograd' => ['Волгоградск'],
        'Europe/Samara' => ['Самарск', 'Удмурт'],
        'Europe/Astrakhan' => ['Астраханск'],
        'Europe/Ulyanovsk' => ['Ульяновск'],
        'Europe/Saratov' => ['Саратовск'],
        'Asia/Omsk' => ['Омск'],
        'Asia/Barnaul' => ['Алтай'],
        'Asia/Novosibirsk' => ['Новосибирск'],
        'Asia/Tomsk' => ['Томск'],
        'Asia/Novokuznetsk' => ['Кемеровск', 'Кузбасс'],
        'Asia/Krasnoyarsk' => ['Красноярск', 'Тыва', 'Тува', 'Хакаси'],
        'Asia/Irkutsk' => ['Иркутск', 'Бурят'],
        'Asia/Chita' => ['Забайкальск'],
        'Asia/Yakutsk' => ['Амурск'],
        'Asia/Vladivostok' => ['Приморск', 'Хабаровск', 'Еврейск'],
        'Asia/Magadan' => ['Магаданск'],
        'Asia/Sakhalin' => ['Сахалинск'],
        'Asia/Kamchatka' => ['Камчатск'],
        'Asia/Anadyr' => ['Чукот'],
    ];

    public static function of(string $region): ?string
    {
        $region = str_replace(['ё', 'Ё'], ['е', 'Е'], $region);
        foreach (self::ZONES as $zone => $beginnings) {
            if (preg_match('/(?<![\pL])(?:' . implode('|', $beginnings) . ')/iu', $region) === 1) {
                return $zone;
            }
        }
        return null;
    }
}
