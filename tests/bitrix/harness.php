<?php

declare(strict_types=1);

/**
 * The smallest test frame that counts honestly. A test file defines tests; each prints `ok - name` or `not ok - name`, and
 * the plan `1..N` comes last, so that the runner sees a script that died on the way.
 */

final class Harness
{
    public static int $run = 0;
    public static int $failed = 0;
}

final class Failed extends \Exception
{
}

set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    throw new \ErrorException($message, 0, $level, $file, $line);
});

register_shutdown_function(static function (): void {
    $error = error_get_last();
    if ($error !== null && ($error['type'] & (E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR)) !== 0) {
        return;
    }
    echo '1..', Harness::$run, "\n";
    if (Harness::$failed > 0 || Harness::$run === 0) {
        exit(1);
    }
});

/** @param callable(): void $body */
function test(string $name, callable $body): void
{
    Harness::$run++;
    try {
        $body();
        echo "ok - $name\n";
    } catch (\Throwable $trouble) {
        Harness::$failed++;
        echo "not ok - $name\n";
        $words = $trouble instanceof Failed ? $trouble->getMessage() : get_class($trouble) . ': ' . $trouble->getMessage();
        $place = basename($trouble->getFile()) . ':' . $trouble->getLine();
        foreach ($trouble->getTrace() as $frame) {
            if ($trouble instanceof Failed && basename($frame['file'] ?? '') !== 'harness.php') {
                $place = basename($frame['file'] ?? '?') . ':' . ($frame['line'] ?? 0);
                break;
            }
        }
        echo '    ' . str_replace("\n", "\n    ", "$words ($place)") . "\n";
    }
}

function same(mixed $expected, mixed $actual, string $what = ''): void
{
    if ($expected !== $actual) {
        throw new Failed(trim("$what\nexpected: " . var_export($expected, true) . "\nactual:   " . var_export($actual, true)));
    }
}

function holds(bool $condition, string $what): void
{
    if (!$condition) {
        throw new Failed($what);
    }
}
