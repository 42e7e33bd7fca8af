<?php

declare(strict_types=1);

namespace Vestnik\Tests\Lexicon;

/** One set of the labelled texts; README.md says what the files hold. */
final class Corpus
{
    public function __construct(public readonly string $set)
    {
    }

    /** @return list<array{labels: list<string>, masked: bool, text: string, wanted: list<array{int, int}>}> */
    public function positives(): array
    {
        $positives = [];
        foreach (array_slice($this->lines('positives', 'tsv'), 1) as $line) {
            [$labels, $writing, $marked] = explode("\t", $line);
            [$text, $wanted] = self::unmark(self::visible($marked));
            if (!in_array($writing, ['plain', 'masked'], true) || $wanted === []) {
                throw new \UnexpectedValueException("Not a positive: $line");
            }
            $positives[] = [
                'labels' => explode('|', $labels),
                'masked' => $writing === 'masked',
                'text' => $text,
                'wanted' => $wanted,
            ];
        }

        return $positives;
    }

    /** @return list<string> the texts written one by one, without those of patterns() */
    public function negatives(): array
    {
        return $this->lines('negatives');
    }

    /** @return list<string> */
    public function patterns(): array
    {
        return array_merge(...array_map(self::expand(...), $this->lines('patterns')));
    }

    /** @return list<string> */
    public function advertisements(): array
    {
        return $this->lines('advertisements');
    }

    /** @return list<string> */
    public function service(): array
    {
        return $this->lines('service');
    }

    /** @return list<string> */
    public function authentication(): array
    {
        return $this->lines('authentication');
    }

    /** @return list<string> every text, however labelled */
    public function texts(): array
    {
        return array_merge(
            array_column($this->positives(), 'text'),
            $this->negatives(),
            $this->patterns(),
            $this->advertisements(),
            $this->service(),
            $this->authentication(),
        );
    }

    /** In characters, as findings count them. */
    public static function length(string $text): int
    {
        return (int)preg_match_all('/./us', $text);
    }

    /** @return list<string> */
    private function lines(string $name, string $extension = 'txt'): array
    {
        $lines = file(__DIR__ . "/$name-$this->set.$extension", FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES);
        if ($lines === false) {
            throw new \RuntimeException("Cannot read $name-$this->set.$extension");
        }

        // A code for an application begins with <#>, another text may with №: only `# ` is a comment.
        return array_values(array_filter($lines, static fn(string $line): bool => !str_starts_with($line, '# ')));
    }

    private static function visible(string $text): string
    {
        return (string)preg_replace_callback(
            '/\\\\u\{([0-9A-F]{1,4})\}/',
            static fn(array $found): string => json_decode(sprintf('"\u%04X"', hexdec($found[1]))),
            $text,
        );
    }

    /** @return array{string, list<array{int, int}>} the text and what ⟦…⟧ enclosed, as [begin, end) in characters */
    private static function unmark(string $marked): array
    {
        $text = '';
        $wanted = [];
        foreach (preg_split('/(⟦[^⟧]*⟧)/u', $marked, -1, PREG_SPLIT_DELIM_CAPTURE) ?: [] as $part) {
            $begin = self::length($text);
            $plain = str_replace(['⟦', '⟧'], '', $part);
            $text .= $plain;
            if ($plain !== $part) {
                $wanted[] = [$begin, self::length($text)];
            }
        }

        return [$text, $wanted];
    }

    /** @return list<string> */
    private static function expand(string $pattern): array
    {
        $texts = [''];
        foreach (preg_split('/(\[[^\]]*\])/u', $pattern, -1, PREG_SPLIT_DELIM_CAPTURE) ?: [] as $part) {
            $choices = str_starts_with($part, '[') ? explode('|', substr($part, 1, -1)) : [$part];
            $longer = [];
            foreach ($texts as $text) {
                foreach ($choices as $choice) {
                    $longer[] = $text . $choice;
                }
            }
            $texts = $longer;
        }

        return $texts;
    }
}
