<?php

declare(strict_types=1);

namespace Vestnik\Demo;

/** The shop's day as it stands in the files of day/. Times are Moscow's; day 0 is Wednesday, 25 November 2026. */
final class Day
{
    private const DATE = '2026-11-25';
    private const SHOP_ZONE = 'Europe/Moscow';

    /** @var array<int, array{id: int, name: string, phone: string, region: string, consent: string}> */
    public readonly array $customers;
    /** @var array<string, mixed> */
    public readonly array $settings;
    /** @var array<string, array<string, mixed>> document id => document */
    public readonly array $templates;

    public function __construct(private readonly string $folder)
    {
        $customers = [];
        foreach ($this->table('customers') as $row) {
            $customers[(int)$row['id']] = ['id' => (int)$row['id']] + $row;
        }
        $this->customers = $customers;
        $this->settings = $this->json('settings');
        $this->templates = $this->json('templates');
    }

    /** @param int $hour may lie outside of 0 to 23 */
    public static function at(int $day, int $hour, int $minute = 0): int
    {
        return (new \DateTimeImmutable(self::DATE, new \DateTimeZone(self::SHOP_ZONE)))->getTimestamp()
            + $day * 86400 + $hour * 3600 + $minute * 60;
    }

    /**
     * What happens, in time order.
     *
     * @return list<array{at: int, kind: string, data: array<string, mixed>}>
     */
    public function happenings(): array
    {
        $all = [];
        foreach (['order' => 'orders', 'refusal' => 'refusals', 'code' => 'codes'] as $kind => $file) {
            foreach ($this->table($file) as $row) {
                $all[] = ['at' => self::clock(0, $row['time']), 'kind' => $kind, 'data' => $row];
            }
        }
        foreach ($this->json('mailings') as $mailing) {
            $all[] = ['at' => self::clock($mailing['day'], $mailing['time']), 'kind' => 'mailing', 'data' => $mailing];
        }
        usort($all, static fn (array $a, array $b): int => $a['at'] <=> $b['at']);
        return $all;
    }

    private static function clock(int $day, string $time): int
    {
        [$hour, $minute] = array_map(intval(...), explode(':', $time));
        return self::at($day, $hour, $minute);
    }

    /** @return list<array<string, string>> */
    private function table(string $name): array
    {
        $lines = file("{$this->folder}/$name.csv", FILE_IGNORE_NEW_LINES);
        $head = str_getcsv((string)array_shift($lines), ';');
        return array_map(static fn (string $line): array => array_combine($head, str_getcsv($line, ';')), $lines);
    }

    /** @return array<mixed> */
    private function json(string $name): array
    {
        return json_decode((string)file_get_contents("{$this->folder}/$name.json"), true, 32, JSON_THROW_ON_ERROR);
    }
}
