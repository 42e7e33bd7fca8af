<?php

declare(strict_types=1);

namespace Vestnik\Sms\Replay;

use Vestnik\Sms\Console\Words;

/** Decisions that would differ as a table for spreadsheets: UTF-8 with BOM, `;`. Holds no phone and no text. */
final class Csv
{
    private const COLUMNS = ['ID', 'CREATED', 'CATEGORY', 'WAS', 'WOULD', 'WAS_CODES', 'WOULD_CODES', 'WAS_DUE', 'WOULD_DUE',
        'WAS_SEGMENTS', 'WOULD_SEGMENTS', 'TEXT'];

    /** @param resource $file open for writing; stays open */
    public function __construct(private $file, private readonly Words $words, private readonly \DateTimeZone $zone)
    {
        fwrite($file, "\u{FEFF}");
        $this->put(array_map(fn (string $column): string => $words->phrase("COLUMN_$column"), self::COLUMNS));
    }

    /** @param array<string, mixed> $row of vestnik_replay() */
    public function add(array $row): void
    {
        if (!$row['differs']) {
            return;
        }
        ['was' => $was, 'would' => $would] = $row;
        $this->put([
            $row['id'],
            $this->time($row['created']),
            $this->words->phrase('CATEGORY_' . strtoupper($row['category'])),
            $this->verdict($was),
            $this->verdict($would),
            implode(' ', $was['codes']),
            implode(' ', $would['codes']),
            $this->time($was['due']),
            $this->time($would['due']),
            (string)$was['segments'],
            (string)$would['segments'],
            $row['text_differs'] ? $this->words->phrase('YES') : '',
        ]);
    }

    /** @param array<string, mixed> $decision */
    private function verdict(array $decision): string
    {
        return $this->words->phrase('VERDICT_' . strtoupper($decision['verdict']));
    }

    private function time(?int $instant): string
    {
        return $instant === null ? '' : (new \DateTimeImmutable("@$instant"))->setTimezone($this->zone)->format('d.m.Y H:i:s');
    }

    /** @param list<string> $fields */
    private function put(array $fields): void
    {
        if (fputcsv($this->file, $fields, ';', '"', '', "\r\n") === false) {
            throw new \RuntimeException('the table cannot be written');
        }
    }
}
