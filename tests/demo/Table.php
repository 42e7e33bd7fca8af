<?php

declare(strict_types=1);

namespace Vestnik\Demo;

/** Columns for a terminal. */
final class Table
{
    /** @param array<string, int> $columns title => width in characters */
    public function __construct(private readonly array $columns)
    {
    }

    public function head(): string
    {
        $line = implode('  ', array_map(static fn (int $width): string => str_repeat('─', $width), $this->columns));
        return $this->row(array_keys($this->columns)) . $line . "\n";
    }

    /** @param list<string> $cells */
    public function row(array $cells): string
    {
        $padded = array_map(self::fit(...), $cells, array_values($this->columns));
        return rtrim(implode('  ', $padded)) . "\n";
    }

    private static function fit(string $text, int $width): string
    {
        $length = mb_strlen($text);
        return $length > $width ? mb_substr($text, 0, $width - 1) . '…' : $text . str_repeat(' ', $width - $length);
    }
}
