<?php

declare(strict_types=1);

namespace Vestnik\Tests\Replay;

/** What a shop might send in a month, right and wrong, as a seed has it. */
final class Month
{
    /** 2026-06-01 00:00 in Moscow. */
    public const BEGIN = 1780261200;
    private const ACCEPTED = ['R17', 'R19', 'R23', 'R24', 'R25', 'R26', 'R27', 'R33'];
    private const TEXTS = [
        'advertising' => [
            'Скидка 20 % на букеты до пятницы',
            'Ромашка: скидка 20 % на букеты до пятницы. Отказ: +79990000099',
            '«Ромашка» — новая коллекция…  Ждём вас!',
            'Sale! -30% https://romashka.example/sale Opt out: +79990000099',
            'Лучший магазин. Скидки до 70% https://bit.ly/x',
            'Ответьте СТОП, чтобы отказаться. Розы 1990 рублей',
        ],
        'service' => [
            'Заказ 15 передан в доставку',
            'Заказ 15 готов. Промокод на следующий −10 %',
            'Оцените заказ 15: https://romashka.example/r/15',
            ' Заказ 15 готов ',
            'Ваш заказ 15 «готов» — ждём…',
            'Заказ 16: {order}, #ORDER#',
        ],
        'authentication' => ['Код 4821 для входа', 'Код 4821. Дарим 300 бонусов', 'Ваш код — 4821'],
    ];

    public function __construct(int $seed, private readonly int $persons)
    {
        mt_srand($seed);
    }

    public function phone(): string
    {
        $person = mt_rand(0, $this->persons - 1);
        return match (mt_rand(0, 199)) {
            0 => '8 495 000-00-01',
            1 => 'no phone',
            2 => '+375291234567',
            3, 4, 5 => sprintf('+7914%07d', 2000000 + $person),
            6, 7 => sprintf('+7954%07d', $person % 100),
            default => sprintf('+7999%07d', $person),
        };
    }

    /** @param list<mixed> $values */
    private static function one(array $values): mixed
    {
        return $values[mt_rand(0, count($values) - 1)];
    }

    private static function sometimes(int $one_in): bool
    {
        return mt_rand(1, $one_in) === 1;
    }

    /** @return array<string, mixed> */
    public function message(int $number, int $now): array
    {
        $category = self::one(['advertising', 'advertising', 'advertising', 'service', 'service', 'authentication']);
        $message = ['phone' => $this->phone(), 'category' => $category, 'site' => 's1'] + self::body($category);
        if ($category !== 'advertising' && !self::sometimes(10)) {
            $message['order'] = (string)($number % 5000);
        } elseif (self::sometimes(4)) {
            $message['basis'] = self::one(['contract', 'service_consent', 'request', 'loyalty', 'a whim']);
        }
        if ($category === 'advertising' && !self::sometimes(10)) {
            $message += self::one([
                ['campaign' => 'june', 'approved_by' => 'Иванова'],
                ['scenario' => 'cart'],
                ['scenario' => 'nobody knows it'],
                ['approved_by' => 'Петров', 'priority' => mt_rand(0, 9)],
            ]);
        }
        foreach (
            [
                ['timezone', 3, fn () => self::one(['Europe/Moscow', 'Asia/Kamchatka', 'Europe/Kaliningrad', 'Asia/Omsk'])],
                ['key', 2, fn () => "k/$number"],
                ['not_before', 8, fn () => $now + mt_rand(-86400, 5 * 86400)],
                ['valid_until', 6, fn () => $now + mt_rand(-3600, 4 * 86400)],
                ['offer_until', 6, fn () => $now + mt_rand(-3600, 4 * 86400)],
                ['acknowledged', 2, fn () => self::one([['R06'], ['R17', 'R19'], self::ACCEPTED])],
                ['sender', 12, fn () => self::one(['+79990000098', 'Romashka', 'Vasilek', 'bad name!', 'Unknown'])],
                ['links', 9, fn () => ['https://romashka.example/r/15']],
                ['debt', 12, fn () => true],
                ['customer', 9, fn () => "c$number"],
                ['tags', 9, fn () => ['a', 'b']],
            ] as [$key, $one_in, $value]
        ) {
            if (self::sometimes($one_in)) {
                $message[$key] = $value();
            }
        }
        return $message;
    }

    /** @return array<string, mixed> */
    private static function body(string $category): array
    {
        if (!self::sometimes(6)) {
            return ['text' => self::one(self::TEXTS[$category]) . (self::sometimes(20) ? str_repeat(' Ещё слово.', 60) : '')];
        }
        return [
            'template' => self::one([
                'Заказ {order} на {price|money:₽} готов',
                '{name|first_word|друг}, скидка 15 % на всё',
                'Код {code}',
                'Дата {day|date:d.m}',
            ]),
            'vars' => array_filter(
                ['order' => '15', 'price' => '1990.5', 'name' => 'Анна Петровна', 'code' => '4821', 'day' => 'no day'],
                fn () => !self::sometimes(20),
            ),
        ];
    }

    /** What becomes known of some persons. */
    public function consents(int $count): void
    {
        for ($i = 0; $i < $count; $i++) {
            $phone = sprintf('+7999%07d', mt_rand(0, $this->persons - 1));
            $grant = [
                'source' => self::one(['checkout', 'registration', 'form', 'survey', 'call', 'paper', 'import']),
                'wording' => 'Согласен получать рекламу',
                'purpose' => self::one(['advertising', 'advertising', 'advertising', 'service', 'data']),
            ];
            $grant += self::sometimes(5) ? [] : ['confirmed_by' => 'code'];
            $grant += self::sometimes(8) ? [] : ['pre_ticked' => false, 'separate' => true];
            match (mt_rand(0, 99)) {
                0 => vestnik_consent_withdraw($phone, ['source' => 'call']),
                1 => vestnik_stop_add($phone, ['reason' => 'жалоба', 'kind' => 'complaint']),
                2 => vestnik_stop_add($phone, ['reason' => 'всё', 'kind' => 'opt_out', 'scope' => 'all']),
                3 => vestnik_stop_add($phone, ['reason' => 'запрет', 'kind' => 'operator_bar']),
                default => vestnik_consent_grant($phone, $grant),
            };
        }
    }

    /**
     * The settings of a part of the month.
     *
     * @return array<string, mixed>
     */
    public static function settings(int $part): array
    {
        $settings = [
            'entities' => ['main' => [
                'name' => 'ООО «Ромашка»',
                'brand' => 'Ромашка',
                'inn' => '7707083893',
                'ogrn' => '1027700132195',
                'address' => 'Москва, ул. Полевая, 1',
                'site' => 'https://romashka.example',
                'opt_out_number' => '+79990000099',
            ]],
            'providers' => [
                'sandbox' => [],
                'smsru' => ['api_id' => 'a secret that no rule set may hold', 'url' => 'http://127.0.0.1:9'],
            ],
            'routes' => [['provider' => 'sandbox']],
            'senders' => [
                'Romashka' => ['provider' => 'sandbox'],
                'Vasilek' => ['provider' => 'sandbox', 'operators' => ['7700000001']],
                '+79990000098' => ['provider' => 'sandbox', 'inbound' => true],
            ],
            'sites' => ['s1' => ['entity' => 'main', 'sender' => 'Romashka', 'link_host' => 'r.example']],
            'scenarios' => ['cart' => ['approved_by' => 'Сидорова']],
        ];
        return match ($part % 5) {
            0 => ['rules' => ['R19' => ['costs' => true]]] + $settings,
            1 => ['rules' => ['R19' => ['costs' => true]], 'caps' => [
                ['category' => 'advertising', 'count' => 1, 'days' => 1],
                ['category' => 'advertising', 'count' => 3, 'days' => 14],
            ]] + $settings,
            2 => ['windows' => [
                'advertising' => ['from' => '09:00', 'to' => '21:00', 'spread_s' => 60],
                'service' => ['from' => '08:00', 'to' => '22:00'],
            ]] + $settings,
            3 => ['rules' => [
                'R06' => ['warn_for' => ['call', 'paper']],
                'R08' => ['bases' => ['loyalty']],
                'R18' => ['wording' => ['ru' => 'Стоп: {number}']],
                'R19' => ['required' => false],
                'R27' => ['segments' => ['advertising' => 1]],
            ]] + $settings,
            4 => ['caps' => [], 'rules' => ['R12' => ['guard_s' => 0], 'R19' => ['costs' => true]]]
                + array_replace_recursive($settings, ['entities' => ['main' => ['brand' => 'Василёк']]]),
        };
    }
}
