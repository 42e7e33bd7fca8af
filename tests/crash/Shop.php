<?php

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

/**
 * What is sent: every person gets two service messages, two advertisements and a code, every text once. Neighbours
 * go to different persons, so that they may share a request.
 */
final class Shop
{
    /** Monday 2026-06-01, 12:00 in Moscow: an hour at which advertising may arrive. */
    public const NOON = 1780304400;
    public const PERSONS = 100;
    public const MESSAGES = 500;

    private const KINDS = ['service', 'service', 'advertising', 'advertising', 'authentication'];

    /**
     * @param array<string, mixed> $provider beside what every test needs
     * @return array<string, mixed>
     */
    public static function settings(string $url, array $provider = []): array
    {
        return [
            'entities' => [
                'main' => [
                    'name' => 'ООО «Ромашка»',
                    'brand' => 'Ромашка',
                    'inn' => '7707083893',
                    'ogrn' => '1027700132195',
                    'address' => 'Москва, ул. Полевая, 1',
                    'site' => 'https://romashka.example',
                    'opt_out_number' => '+79990000099',
                ],
            ],
            'providers' => [
                'smsru' => $provider + [
                    'api_id' => '00000000-0000-0000-0000-000000000000',
                    'url' => $url,
                    'timeout_ms' => 20000,
                ],
            ],
            'senders' => ['Romashka' => ['provider' => 'smsru']],
            'routes' => [['provider' => 'smsru']],
        ];
    }

    /** What advertising needs. */
    public static function grantConsents(int $persons = self::PERSONS): void
    {
        for ($person = 0; $person < $persons; $person++) {
            vestnik_consent_grant(self::phone($person, $persons), [
                'source' => 'checkout',
                'wording' => 'Согласен получать рекламу ООО «Ромашка» по SMS',
                'confirmed_by' => 'code',
                'pre_ticked' => false,
                'separate' => true,
            ]);
        }
    }

    public static function phone(int $person, int $persons = self::PERSONS): string
    {
        return sprintf('+7999000%04d', 1000 + $person % $persons);
    }

    /** @return array<string, string> */
    public static function message(int $number, int $persons = self::PERSONS): array
    {
        $category = self::KINDS[($number + intdiv($number, $persons)) % count(self::KINDS)];
        $message = [
            'phone' => self::phone($number, $persons),
            'category' => $category,
            'timezone' => 'Europe/Moscow',
            'customer' => "c$number",
        ];
        return $message + match ($category) {
            'service' => ['text' => "Заказ $number передан в доставку", 'order' => "$number"],
            'advertising' => ['text' => "Розы $number по вашей подписке: romashka.example", 'approved_by' => 'Мария'],
            'authentication' => ['text' => "Код для входа: $number"],
        };
    }
}
