<?php

/*
 * Prints docs/rules.md or its Russian twin: render.php TABLE en|ru, where TABLE is what table.c printed. Words that
 * are not in the table come from the JSON files beside this one, examples from those that the tests run.
 */

declare(strict_types=1);

final class Page
{
    private const LABELS = [
        'ru' => [
            'advertising' => 'реклама', 'service' => 'сервисные', 'authentication' => 'коды',
            'submit' => 'при передаче', 'dispatch' => 'перед отправкой', 'and' => ' и ',
            'law' => 'закон', 'practice' => 'практика',
            'contract' => 'договор с оператором', 'technical' => 'техника связи',
            'rule' => 'Правило', 'strictest' => 'Самое строгое', 'kind' => 'Откуда правило',
            'facts' => 'Для чего: %s. Когда проверяется: %s. Основание: %s.',
            'since' => 'Действует с %s.', 'until' => 'Действует до %s.',
            'code' => 'Код', 'verdict' => 'Замечание', 'words' => 'Что скажет Вестник',
            'setting' => 'Настройка', 'bounds' => 'Значение (по умолчанию)', 'more' => 'Настройки: %s.',
            'passes' => 'Проходит', 'fails' => 'Не проходит',
            'rewrite' => 'Исправлено', 'warn' => 'Предупреждение', 'defer' => 'Ждёт', 'refuse' => 'Отказ',
            'leaves' => ', уходит', 'stays' => ', не уходит',
            'integer' => 'от %s до %s (%s)', 'bool' => 'да/нет (%s)', 'yes' => 'да', 'no' => 'нет',
            'sources' => 'список источников согласия (пусто)',
            'texts' => 'список: до %s текстов, каждый от %s до %s байт (пусто)',
            'wording' => 'текст от %s до %s байт%s (%s)', 'holding' => ' с `%s`', 'none' => 'нет', 'quoted' => '«%s»',
            'topic' => 'О чём', 'guide' => 'Сказано в руководстве', 'law_says' => 'Что говорит закон',
            'vestnik' => 'Что делает Вестник', 'article' => 'Статья',
        ],
        'en' => [
            'advertising' => 'advertising', 'service' => 'service', 'authentication' => 'authentication',
            'submit' => 'when a message is handed over', 'dispatch' => 'before it leaves', 'and' => ' and ',
            'law' => 'statute', 'practice' => 'practice',
            'contract' => 'contract with the operator', 'technical' => 'technology',
            'rule' => 'Rule', 'strictest' => 'Strictest', 'kind' => 'Source',
            'facts' => 'For: %s. Looked at: %s. Basis: %s.',
            'since' => 'Holds from %s.', 'until' => 'Holds until %s.',
            'code' => 'Code', 'verdict' => 'Finding', 'words' => 'What Vestnik says',
            'setting' => 'Setting', 'bounds' => 'Value (default)', 'more' => 'Settings: %s.',
            'passes' => 'Passes', 'fails' => 'Does not pass',
            'rewrite' => 'Corrected', 'warn' => 'Warning', 'defer' => 'Waits', 'refuse' => 'Refused',
            'leaves' => ', leaves', 'stays' => ', does not leave',
            'integer' => '%s to %s (%s)', 'bool' => 'bool (%s)', 'yes' => 'true', 'no' => 'false',
            'sources' => 'list of sources of consent (empty)',
            'texts' => 'list of at most %s texts of %s to %s bytes (empty)',
            'wording' => 'text of %s to %s bytes%s (%s)',
            'holding' => ' with `%s`', 'none' => 'none', 'quoted' => '“%s”',
            'topic' => 'Subject', 'guide' => 'The guide says', 'law_says' => 'The statute says',
            'vestnik' => 'What Vestnik does', 'article' => 'Article',
        ],
    ];

    private const CATEGORIES = ['advertising', 'service', 'authentication'];
    private const VERDICTS = ['rewrite', 'warn', 'defer', 'refuse'];

    /** @var array<string, string> */
    private array $labels;

    /**
     * @param array{version: string, rules: list<array<string, mixed>>} $table
     * @param array<string, array<string, mixed>> $notes by rule
     * @param array<string, array<string, string>> $words samples of what explanations are filled with
     * @param array<string, array<string, mixed>> $examples by rule
     * @param list<array<string, mixed>> $guide
     */
    public function __construct(
        private string $language,
        private array $table,
        private array $notes,
        private array $words,
        private array $examples,
        private array $guide,
    ) {
        $this->labels = self::LABELS[$language];
    }

    public function fill(string $template): string
    {
        return strtr($template, [
            '{{version}}' => $this->table['version'],
            '{{matrix}}' => $this->matrix(),
            '{{rules}}' => implode("\n\n", array_map($this->rule(...), $this->table['rules'])),
            '{{guide}}' => $this->guide(),
        ]);
    }

    private function matrix(): string
    {
        $rows = [];
        foreach ($this->table['rules'] as $rule) {
            $row = ["[{$rule['id']}](#" . strtolower($rule['id']) . ') ' . $this->said($rule['name'])];
            foreach (self::CATEGORIES as $category) {
                $row[] = in_array($category, $rule['categories'], true) ? '✓' : '';
            }
            $row[] = $this->strictest($rule);
            $row[] = $this->labels[$this->kind($rule)];
            $rows[] = $row;
        }
        $head = array_map($this->label(...), ['rule', ...self::CATEGORIES, 'strictest', 'kind']);
        return $this->grid($head, $rows, [1, 2, 3]);
    }

    /** @param array<string, mixed> $rule */
    private function strictest(array $rule): string
    {
        $ranks = array_map(
            static fn (array $finding): int => (int) array_search($finding['verdict'], self::VERDICTS, true),
            $rule['findings']
        );
        return $ranks === [] ? '—' : '`' . self::VERDICTS[max($ranks)] . '`';
    }

    /**
     * A basis says by itself where it is no statute; the notes must agree.
     *
     * @param array<string, mixed> $rule
     */
    private function kind(array $rule): string
    {
        $kind = $this->notes[$rule['id']]['kind'];
        if (($kind === 'practice') !== str_contains($rule['basis']['en'], 'not a statute')) {
            throw new RuntimeException("{$rule['id']}: its basis and notes.json differ on whether it is a statute");
        }
        return $kind;
    }

    /** @param array<string, mixed> $rule */
    private function rule(array $rule): string
    {
        $parts = [
            // A heading's own anchor differs from one viewer to the next.
            '<a id="' . strtolower($rule['id']) . "\"></a>\n### {$rule['id']}. " . $this->said($rule['name']),
            $this->said($this->notes[$rule['id']]),
            $this->facts($rule),
            $this->findings($rule['findings']),
            $this->settings($rule),
            $this->examples($rule['id']),
        ];
        return implode("\n\n", array_filter($parts, static fn (string $part): bool => $part !== ''));
    }

    /** @param array<string, mixed> $rule */
    private function facts(array $rule): string
    {
        $when = $rule['looks'] === []
            ? $this->said($this->notes[$rule['id']]['when'])
            : implode($this->labels['and'], array_map($this->label(...), $rule['looks']));
        $facts = [sprintf(
            $this->labels['facts'],
            implode(', ', array_map($this->label(...), array_reverse($rule['categories']))),
            $when,
            $this->basis($rule)
        )];
        foreach (['since' => 'valid_from', 'until' => 'valid_until'] as $label => $key) {
            if ($rule[$key] !== 0) {
                $facts[] = sprintf($this->labels[$label], $this->date($rule[$key]));
            }
        }
        return implode(' ', $facts);
    }

    /**
     * What is practice says so itself.
     *
     * @param array<string, mixed> $rule
     */
    private function basis(array $rule): string
    {
        $kind = $this->kind($rule);
        $basis = $this->said($rule['basis']);
        return $kind === 'practice' || $basis === $this->labels[$kind] ? $basis : "{$this->labels[$kind]} — {$basis}";
    }

    private function date(int $instant): string
    {
        return (new DateTimeImmutable("@{$instant}"))->setTimezone(new DateTimeZone('Europe/Moscow'))
            ->format($this->language === 'ru' ? 'd.m.Y' : 'Y-m-d');
    }

    /** @param list<array<string, mixed>> $findings */
    private function findings(array $findings): string
    {
        $rows = [];
        foreach ($findings as $finding) {
            $rows[] = ["`{$finding['code']}`", "`{$finding['verdict']}`", $this->explanation($finding)];
        }
        return $rows === [] ? '' : $this->grid(array_map($this->label(...), ['code', 'verdict', 'words']), $rows);
    }

    /**
     * What is filled in is shown by a sample, of this finding or of all.
     *
     * @param array<string, mixed> $finding
     */
    private function explanation(array $finding): string
    {
        return preg_replace_callback(
            '/\{(\w+)\}/',
            function (array $match) use ($finding): string {
                $sample = $this->words["{$finding['code']}.{$match[1]}"] ?? $this->words[$match[1]]
                    ?? throw new RuntimeException("words.json has no sample of {$match[0]}");
                $said = $this->said($sample);
                return $said === '' ? '' : "*{$said}*";
            },
            $this->said($finding['explanation'])
        );
    }

    /** @param array<string, mixed> $rule */
    private function settings(array $rule): string
    {
        $rows = $groups = [];
        foreach ($rule['settings'] as $setting) {
            $groups[$setting['group'] ?? $setting['key']][] = $setting;
        }
        foreach ($groups as $group) {
            // A wording for each source of consent is one row.
            if (count($group) > 6) {
                $values = array_map(fn (array $s): string => "`{$s['key']}` " . $this->quoted($s['wording']), $group);
                $rows[] = [
                    "`rules.{$rule['id']}.{$group[0]['group']}.*`",
                    $this->bounds($group[0], implode('; ', $values)),
                ];
                continue;
            }
            foreach ($group as $s) {
                $path = implode('.', array_filter(['rules', $rule['id'], $s['group'], $s['key']], is_string(...)));
                $rows[] = ["`{$path}`", $this->bounds($s)];
            }
        }
        $parts = $rows === [] ? [] : [$this->grid(array_map($this->label(...), ['setting', 'bounds']), $rows)];
        $others = $this->notes[$rule['id']]['settings'] ?? [];
        if ($others !== []) {
            $parts[] = sprintf($this->labels['more'], '`' . implode('`, `', $others) . '`');
        }
        return implode("\n\n", $parts);
    }

    /**
     * @param array<string, mixed> $setting
     * @param ?string $default in place of the setting's own
     */
    private function bounds(array $setting, ?string $default = null): string
    {
        $standard = (string) $setting['standard'];
        return match ($setting['kind']) {
            'integer' => sprintf($this->labels['integer'], $setting['min'], $setting['max'], $standard),
            'bool' => sprintf($this->labels['bool'], $this->labels[$setting['standard'] !== 0 ? 'yes' : 'no']),
            'sources' => $this->labels['sources'],
            'texts' => sprintf($this->labels['texts'], $standard, $setting['min'], $setting['max']),
            'wording' => sprintf(
                $this->labels['wording'],
                $setting['min'],
                $setting['max'],
                $setting['must_hold'] === null ? '' : sprintf($this->labels['holding'], $setting['must_hold']),
                $default ?? ($setting['wording'] === '' ? $this->labels['none'] : $this->quoted($setting['wording']))
            ),
        };
    }

    private function quoted(string $text): string
    {
        return sprintf($this->labels['quoted'], $text);
    }

    private function examples(string $rule): string
    {
        $lines = [];
        foreach (['passes', 'fails'] as $side) {
            foreach ($this->examples[$rule][$side] as $example) {
                $outcome = $this->outcome($rule, $example);
                $text = $outcome !== null ? $this->text($example['facts'], $example['text'] ?? null) : '';
                $lines[] = '- **' . ($outcome ?? $this->labels[$side]) . '.** ' . $this->said($example) . $text;
            }
        }
        return implode("\n", $lines);
    }

    /**
     * What the gate finds by this rule, the strictest verdict and the codes, and what becomes of the message where
     * that does not say it.
     *
     * @param array<string, mixed> $example
     */
    private function outcome(string $rule, array $example): ?string
    {
        $codes = [];
        $strictest = -1;
        foreach ($example['findings'] ?? [] as $finding) {
            [$of, $code, $verdict] = explode(':', $finding);
            if ($of === $rule) {
                $codes[] = "`{$code}`";
                $strictest = max($strictest, (int) array_search($verdict, self::VERDICTS, true));
            }
        }
        if ($codes === []) {
            return null;
        }
        $found = self::VERDICTS[$strictest];
        $leaves = match (true) {
            $example['verdict'] === $found => '',
            $example['verdict'] === 'refuse' => $this->labels['stays'],
            $found === 'warn' => $this->labels['leaves'],
            default => '',
        };
        return $this->labels[$found] . ' (' . implode(', ', $codes) . ')' . $leaves;
    }

    /**
     * The message's own text, and what became of it.
     *
     * @param array<string, mixed> $facts
     */
    private function text(array $facts, ?string $final): string
    {
        $given = is_string($facts['text'] ?? null) ? trim($facts['text']) : '';
        if ($given === '') {
            return '';
        }
        return " `{$given}`" . ($final !== null && $final !== $given ? " → `{$final}`" : '');
    }

    private function guide(): string
    {
        $rows = [];
        foreach ($this->guide as $point) {
            $said = $point[$this->language];
            $rows[] = [
                $said['topic'],
                $said['guide'],
                $said['law'] . ($point['verified'] ? '' : '\*'),
                $said['vestnik'],
                $said['basis'],
            ];
        }
        return $this->grid(array_map($this->label(...), ['topic', 'guide', 'law_says', 'vestnik', 'article']), $rows);
    }

    /**
     * @param list<string> $head
     * @param list<list<string>> $rows
     * @param list<int> $centred columns
     */
    private function grid(array $head, array $rows, array $centred = []): string
    {
        $rule = [];
        foreach (array_keys($head) as $column) {
            $rule[] = in_array($column, $centred, true) ? ':-:' : '---';
        }
        $line = static fn (array $cells): string => '| ' . implode(' | ', str_replace('|', '\|', $cells)) . ' |';
        return implode("\n", array_map($line, [$head, $rule, ...$rows]));
    }

    private function label(string $name): string
    {
        return $this->labels[$name];
    }

    /** @param array<string, mixed> $both */
    private function said(array $both): string
    {
        return $both[$this->language];
    }
}

function read_json(string $path): array
{
    return json_decode((string) file_get_contents($path), true, 64, JSON_THROW_ON_ERROR);
}

[, $table, $language] = $argv;
$page = new Page(
    $language,
    read_json($table),
    read_json(__DIR__ . '/notes.json'),
    read_json(__DIR__ . '/words.json'),
    array_column(read_json(__DIR__ . '/../../tests/core/data/rule_examples.json'), null, 'rule'),
    read_json(__DIR__ . '/guide.json'),
);
echo $page->fill((string) file_get_contents(__DIR__ . "/page.{$language}.md"));
