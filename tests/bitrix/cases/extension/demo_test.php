<?php

/** The demo must be able to fail; that it succeeds is its own suite. */

declare(strict_types=1);

require __DIR__ . '/../../harness.php';

test('the demo fails when a message that the gateway took stays in doubt', static function (): void {
    exec(escapeshellarg(dirname(__DIR__, 3) . '/demo/run') . ' --fault close_after_read 2>&1', $lines, $code);
    $said = implode("\n", $lines);
    same(1, $code, $said);
    holds(str_contains($said, '← различается'), $said);
    holds(str_contains($said, 'Не сошлось.'), $said);
});
