<?php

declare(strict_types=1);

namespace Vestnik\Tests\Lexicon;

/** What the lexicon and the classifier make of one set of the corpus. */
final class Measurement
{
    /** A false alarm in whatever text, an advertisement too. */
    private const SERIOUS = ['profanity', 'insult', 'threat', 'violence', 'forbidden'];

    /** Innocent texts may advertise and may claim; that is no false alarm. */
    private const ALLOWED_IN_NEGATIVES = ['promotion', 'claim'];

    /** @var array<string, array{found: int, of: int}> by category, `masked` and `plain` beside them */
    public array $recall = [];

    /** @var array<string, int> false alarms by category */
    public array $alarms = [];

    /** Innocent texts with a false alarm, and innocent texts. */
    public int $alarmed = 0;
    public int $innocent = 0;

    public int $found = 0;
    public int $positives = 0;

    /** @var array<string, array{wrong: int, of: int}> by true category */
    public array $classified = [];

    /** @var list<string> what went wrong, with the text */
    public array $mistakes = [];

    public function __construct(private readonly Corpus $corpus)
    {
        $this->find();
        $this->alarm($corpus->negatives(), null);
        $this->alarm($corpus->patterns(), null);
        $this->alarm($corpus->advertisements(), self::SERIOUS);
        $this->alarm($corpus->service(), [...self::SERIOUS, 'promotion']);
        $this->alarm($corpus->authentication(), [...self::SERIOUS, 'promotion']);
        $this->classify('advertising', $corpus->advertisements(), ['service', 'authentication']);
        $this->classify('service', $corpus->service(), ['service']);
        $this->classify('authentication', $corpus->authentication(), ['authentication']);
    }

    public function recall(): float
    {
        return $this->found / max(1, $this->positives);
    }

    public function precision(): float
    {
        return $this->found / max(1, $this->found + $this->alarmed);
    }

    public function wrong(string $category): float
    {
        return $this->classified[$category]['wrong'] / max(1, $this->classified[$category]['of']);
    }

    /** The kinds of what is forbidden and of what needs a disclaimer count together. */
    private static function group(string $category): string
    {
        return (string)preg_replace('/^(forbidden|disclaimer)_.*/', '$1', $category);
    }

    private function find(): void
    {
        foreach ($this->corpus->positives() as $positive) {
            $found = $this->touches(vestnik_text_inspect($positive['text']), $positive);
            foreach ([self::group($positive['labels'][0]), $positive['masked'] ? 'masked' : 'plain'] as $row) {
                $this->recall[$row] ??= ['found' => 0, 'of' => 0];
                $this->recall[$row]['of']++;
                $this->recall[$row]['found'] += (int)$found;
            }
            $this->positives++;
            $this->found += (int)$found;
            if (!$found) {
                $this->mistakes[] = 'missed ' . implode('|', $positive['labels']) . ": {$positive['text']}";
            }
        }
    }

    /**
     * @param list<array{category: string, match: string, position: int, length: int}> $findings
     * @param array{labels: list<string>, wanted: list<array{int, int}>} $positive
     */
    private function touches(array $findings, array $positive): bool
    {
        $groups = array_map(self::group(...), $positive['labels']);
        foreach ($findings as $finding) {
            if (!in_array(self::group($finding['category']), $groups, true)) {
                continue;
            }
            foreach ($positive['wanted'] as [$begin, $end]) {
                if ($finding['position'] < $end && $finding['position'] + $finding['length'] > $begin) {
                    return true;
                }
            }
        }

        return false;
    }

    /**
     * @param list<string> $texts
     * @param list<string>|null $categories those that are false alarms; null: all but the allowed ones
     */
    private function alarm(array $texts, ?array $categories): void
    {
        foreach ($texts as $text) {
            $false = [];
            foreach (vestnik_text_inspect($text) as $finding) {
                $group = self::group($finding['category']);
                $alarming = $categories === null
                    ? !in_array($group, self::ALLOWED_IN_NEGATIVES, true)
                    : in_array($group, $categories, true);
                if ($alarming) {
                    $false[$group] = $finding['match'];
                }
            }
            $this->innocent++;
            $this->alarmed += (int)($false !== []);
            foreach ($false as $group => $match) {
                $this->alarms[$group] = ($this->alarms[$group] ?? 0) + 1;
                $this->mistakes[] = "false $group ($match): $text";
            }
        }
    }

    /**
     * @param list<string> $texts
     * @param list<string> $declarations what the sender may say it is; each must come out right
     */
    private function classify(string $category, array $texts, array $declarations): void
    {
        $wrong = 0;
        foreach ($texts as $text) {
            foreach ($declarations as $declared) {
                $seen = vestnik_text_classify($text, $declared)['category'];
                if ($seen !== $category) {
                    $wrong++;
                    $this->mistakes[] = "$category, declared $declared, called $seen: $text";
                    break;
                }
            }
        }
        $this->classified[$category] = ['wrong' => $wrong, 'of' => count($texts)];
    }
}
