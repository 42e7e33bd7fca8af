<?php

declare(strict_types=1);

namespace Vestnik\Sms\Replay;

use Vestnik\Sms\Console\Words;

/** A summary as one page of HTML, to be read and printed. */
final class Page
{
    private const STYLE = 'body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}'
        . 'table{border-collapse:collapse;width:100%;margin:.5em 0 1.5em}'
        . 'th,td{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top}'
        . 'td.n{text-align:right;white-space:nowrap}code{font-size:12px}tr{break-inside:avoid}';

    /** @param list<array<string, mixed>> $rules of vestnik_rules() */
    public function __construct(
        private readonly Words $words,
        private readonly array $rules,
        private readonly \DateTimeZone $zone,
    ) {
    }

    public function html(Summary $summary, int $from, int $to): string
    {
        $period = $this->words->phrase('PERIOD', ['#FROM#' => $this->day($from), '#TO#' => $this->day($to)]);
        return "<!DOCTYPE html>\n<html lang=\"{$this->words->language}\"><head><meta charset=\"utf-8\">"
            . '<title>' . $this->say('TITLE') . '</title><style>' . self::STYLE . "</style></head><body>\n"
            . '<h1>' . $this->say('TITLE') . "</h1>\n<p>" . $this->escape($period) . ' ' . $this->say('ZONE', [
                '#ZONE#' => $this->zone->getName(),
            ]) . "</p>\n<p>" . $this->say('ABOUT') . "</p>\n"
            . $this->totals($summary) . $this->verdicts($summary) . $this->rules($summary)
            . '<p><small>' . $this->say('FOOT') . "</small></p>\n</body></html>\n";
    }

    private function totals(Summary $summary): string
    {
        $rows = [
            ['TOTAL_DECISIONS', $summary->decisions],
            ['TOTAL_DIFFER', $summary->differ],
            ['TOTAL_TIMES', $summary->times],
            ['TOTAL_TEXTS', $summary->texts],
            ['TOTAL_SEGMENTS', sprintf('%+d', $summary->segments)],
        ];
        return $this->table([], array_map(fn (array $row): array => [$this->say($row[0]), $this->number($row[1])], $rows));
    }

    private function verdicts(Summary $summary): string
    {
        $rows = [];
        foreach ($summary->verdicts as $was => $others) {
            foreach ($others as $would => $count) {
                $rows[] = [
                    $this->say('VERDICT_' . strtoupper($was)),
                    $this->say('VERDICT_' . strtoupper($would)),
                    $this->number($count),
                ];
            }
        }
        return '<h2>' . $this->say('HEAD_VERDICTS') . "</h2>\n"
            . $this->table(['COLUMN_WAS', 'COLUMN_WOULD', 'COLUMN_COUNT'], $rows);
    }

    private function rules(Summary $summary): string
    {
        $suffix = $this->words->language === 'ru' ? '' : '_en';
        $rows = [];
        foreach ($summary->byRule($this->rules) as $found) {
            $rows[] = [
                $this->escape("{$found['rule']['id']} {$found['rule']["name$suffix"]}") . '<br><code>'
                    . $this->escape($found['code']) . '</code>',
                $this->escape($found['rule']["basis$suffix"]),
                $this->number($found['more']),
                $this->number($found['fewer']),
                '<code>' . implode('<br>', array_map($this->escape(...), $found['examples'])) . '</code>',
            ];
        }
        return '<h2>' . $this->say('HEAD_RULES') . "</h2>\n"
            . $this->table(['COLUMN_RULE', 'COLUMN_BASIS', 'COLUMN_MORE', 'COLUMN_FEWER', 'COLUMN_EXAMPLES'], $rows);
    }

    /**
     * @param list<string> $heads phrases
     * @param list<list<string>> $rows HTML; a number begins with a digit or a sign
     */
    private function table(array $heads, array $rows): string
    {
        if ($rows === []) {
            return '<p>' . $this->say('NOTHING') . "</p>\n";
        }
        $html = $heads === [] ? '' : '<tr><th>' . implode('</th><th>', array_map($this->say(...), $heads)) . "</th></tr>\n";
        foreach ($rows as $row) {
            $html .= '<tr>';
            foreach ($row as $cell) {
                $html .= (preg_match('/^[+-]?\d[\d\x{A0}]*$/u', $cell) === 1 ? '<td class="n">' : '<td>') . "$cell</td>";
            }
            $html .= "</tr>\n";
        }
        return "<table>\n$html</table>\n";
    }

    private function number(int|string $number): string
    {
        return is_int($number) ? number_format($number, 0, '', "\u{A0}") : $number;
    }

    private function day(int $instant): string
    {
        return (new \DateTimeImmutable("@$instant"))->setTimezone($this->zone)->format('d.m.Y H:i');
    }

    /** @param array<string, string|int> $replace */
    private function say(string $phrase, array $replace = []): string
    {
        return $this->escape($this->words->phrase($phrase, $replace));
    }

    private function escape(string $text): string
    {
        return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
    }
}
