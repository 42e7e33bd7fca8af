<?php

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

/** Counts checks; its closing line is what the runner adds up. */
final class Tally
{
    private int $passed = 0;
    private int $failed = 0;
    private int $skipped = 0;

    public function __construct(private readonly string $about)
    {
    }

    public function check(string $name, bool $holds, string $otherwise = ''): bool
    {
        if ($holds) {
            $this->passed++;
            echo "ok - $this->about: $name\n";
        } else {
            $this->failed++;
            echo "not ok - $this->about: $name", $otherwise !== '' ? "\n    $otherwise" : '', "\n";
        }
        return $holds;
    }

    public function same(string $name, mixed $expected, mixed $found): bool
    {
        $flags = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR;
        return $this->check(
            $name,
            $expected === $found,
            'expected ' . json_encode($expected, $flags) . ', found ' . json_encode($found, $flags)
        );
    }

    public function skip(string $why): void
    {
        $this->skipped++;
        echo "SKIPPED $this->about: $why\n";
    }

    /** Counts what another process of the test said. */
    public function take(string $said): void
    {
        if (preg_match('/^(\d+) passed, (\d+) failed, (\d+) skipped\n$/m', $said, $found, PREG_OFFSET_CAPTURE) !== 1) {
            $this->check('another process comes to its end', false, $said);
            return;
        }
        echo substr($said, 0, $found[0][1]);
        $this->passed += (int)$found[1][0];
        $this->failed += (int)$found[2][0];
        $this->skipped += (int)$found[3][0];
    }

    /** Runs what may throw; an exception is a failure and ends it. */
    public function run(callable $test): never
    {
        try {
            $test();
        } catch (\Throwable $trouble) {
            $this->check('runs to its end', false, get_class($trouble) . ': ' . $trouble->getMessage());
        }
        echo "$this->passed passed, $this->failed failed, $this->skipped skipped\n";
        exit($this->failed === 0 ? 0 : 1);
    }
}
