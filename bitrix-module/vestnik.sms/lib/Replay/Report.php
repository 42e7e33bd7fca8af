<?php

declare(strict_types=1);

namespace Vestnik\Sms\Replay;

use Vestnik\Sms\Console\Words;
use Vestnik\Sms\Worker\Failure;

/** Replays a period and writes what was asked for. Memory does not depend on the number of messages. */
final class Report
{
    public function __construct(private readonly Words $words)
    {
    }

    /** @return int exit code */
    public function run(Options $options): int
    {
        if (!function_exists('vestnik_replay')) {
            return $this->complain('NO_EXTENSION', Failure::NO_EXTENSION, ['#PHP#' => PHP_BINARY]);
        }
        try {
            $summary = $this->replay($options, $this->rulesOf($options->rules));
            if ($options->html !== null) {
                $page = new Page($this->words, vestnik_rules(), $options->zone);
                self::write($options->html, $page->html($summary, $options->from, $options->to));
            }
        } catch (\Vestnik\Exception $trouble) {
            return $this->complain('TROUBLE', Failure::code($trouble), ['#WORDS#' => $trouble->getMessage()]);
        } catch (\RuntimeException | \JsonException $trouble) {
            return $this->complain('TROUBLE', Failure::USAGE, ['#WORDS#' => $trouble->getMessage()]);
        }
        fwrite(STDOUT, $this->words->say('DONE', [
            '#DECISIONS#' => $summary->decisions,
            '#DIFFER#' => $summary->differ,
        ]));
        return 0;
    }

    /** @param array<string, mixed> $rules */
    private function replay(Options $options, array $rules): Summary
    {
        $summary = new Summary();
        $replay = vestnik_replay($options->from, $options->to, $rules);
        $file = $options->csv === null ? null : self::open($options->csv);
        $csv = $file === null ? null : new Csv($file, $this->words, $options->zone);
        foreach ($replay as $row) {
            $summary->add($row);
            $csv?->add($row);
        }
        if ($file !== null && !fclose($file)) {
            throw new \RuntimeException($options->csv);
        }
        return $summary;
    }

    /** @return array<string, mixed> */
    private function rulesOf(?string $path): array
    {
        if ($path === null) {
            return [];
        }
        $text = @file_get_contents($path);
        if ($text === false) {
            throw new \RuntimeException($path);
        }
        $rules = json_decode($text, true, 32, JSON_THROW_ON_ERROR);
        return is_array($rules) ? $rules : throw new \RuntimeException($path);
    }

    /** @return resource */
    private static function open(string $path)
    {
        $file = @fopen($path, 'w');
        return $file !== false ? $file : throw new \RuntimeException($path);
    }

    private static function write(string $path, string $text): void
    {
        if (@file_put_contents($path, $text) !== strlen($text)) {
            throw new \RuntimeException($path);
        }
    }

    /** @param array<string, string|int> $replace */
    private function complain(string $phrase, int $code, array $replace): int
    {
        fwrite(STDERR, 'replay.php: ' . $this->words->say($phrase, $replace));
        return $code;
    }
}
