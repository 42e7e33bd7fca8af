<?php

declare(strict_types=1);

namespace Vestnik\Sms\Replay;

/** What vestnik_replay() found, counted: for a person who decides on rules. Holds no phone and no text. */
final class Summary
{
    public const EXAMPLES = 5;

    public int $decisions = 0;
    public int $differ = 0;
    public int $texts = 0;
    /** @var array<string, array<string, int>> verdict that was => verdict that would be => messages; only where they differ */
    public array $verdicts = [];
    /** Deferred before and after, but to another time. */
    public int $times = 0;
    public int $segments = 0;
    /**
     * @var array<string, array{more: int, fewer: int, examples: list<string>}> code of a finding => messages that would get
     *     it and did not, messages that got it and would not, ids of some of them
     */
    public array $codes = [];

    /** @param array<string, mixed> $row of vestnik_replay() */
    public function add(array $row): void
    {
        $this->decisions++;
        if (!$row['differs']) {
            return;
        }
        ['was' => $was, 'would' => $would] = $row;
        $this->differ++;
        $this->texts += $row['text_differs'] ? 1 : 0;
        $this->segments += $would['verdict'] === 'refuse' ? 0 : $would['segments'];
        $this->segments -= $was['verdict'] === 'refuse' ? 0 : $was['segments'];
        if ($was['verdict'] !== $would['verdict']) {
            $this->verdicts[$was['verdict']][$would['verdict']] = ($this->verdicts[$was['verdict']][$would['verdict']] ?? 0) + 1;
        } elseif ($was['due'] !== $would['due']) {
            $this->times++;
        }
        $this->count(array_diff($would['codes'], $was['codes']), 'more', $row['id']);
        $this->count(array_diff($was['codes'], $would['codes']), 'fewer', $row['id']);
    }

    /**
     * The codes by rule, in the order of the rules.
     *
     * @param list<array<string, mixed>> $rules of vestnik_rules()
     * @return list<array{rule: array<string, mixed>, code: string, more: int, fewer: int, examples: list<string>}>
     */
    public function byRule(array $rules): array
    {
        $found = [];
        foreach ($rules as $rule) {
            foreach (array_unique(array_column($rule['findings'], 'code')) as $code) {
                if (isset($this->codes[$code])) {
                    $found[] = ['rule' => $rule, 'code' => $code] + $this->codes[$code];
                }
            }
        }
        return $found;
    }

    /** @param array<string> $codes */
    private function count(array $codes, string $side, string $id): void
    {
        foreach (array_unique($codes) as $code) {
            $this->codes[$code] ??= ['more' => 0, 'fewer' => 0, 'examples' => []];
            $this->codes[$code][$side]++;
            if (count($this->codes[$code]['examples']) < self::EXAMPLES) {
                $this->codes[$code]['examples'][] = $id;
            }
        }
    }
}
