<?php

/**
 * Changes the contract's events and sequences one at a time: each change must break a test of the double or of the handler,
 * else it is a fact that nothing here depends on and nobody checks.
 */

declare(strict_types=1);

require __DIR__ . '/../../harness.php';

$contract = dirname(__DIR__, 2) . '/contract';
$place = sys_get_temp_dir() . '/vestnik-contract-' . getmypid();
mkdir($place);
register_shutdown_function(static function () use ($place): void {
    array_map('unlink', glob("$place/*"));
    rmdir($place);
});

/** @return iterable<string, array<string, mixed>> what was changed => the changed file */
function mutants(array $file): iterable
{
    foreach ($file['sequences'] as $name => $steps) {
        foreach ($steps as $i => $step) {
            $words = reset($step);
            $mutant = $file;
            array_splice($mutant['sequences'][$name], $i, 1);
            yield "$name without $words" => $mutant;
            if ($i > 0) {
                $mutant = $file;
                [$mutant['sequences'][$name][$i - 1], $mutant['sequences'][$name][$i]] = [$step, $steps[$i - 1]];
                yield "$name with $words one step earlier" => $mutant;
            }
        }
    }
    foreach ($file['events'] as $i => $event) {
        foreach ($event['parameters'] as $j => $key) {
            $mutant = $file;
            $mutant['events'][$i]['parameters'][$j] = "{$key}_";
            yield "{$event['event']} with the key {$key}_ for $key" => $mutant;
        }
    }
}

function survives(string $place): bool
{
    foreach (['double', 'handler'] as $name) {
        $test = escapeshellarg(__DIR__ . "/{$name}_test.php");
        exec('VESTNIK_CONTRACT=' . escapeshellarg($place) . ' ' . escapeshellarg(PHP_BINARY) . " -n $test 2>&1", $said, $code);
        if ($code !== 0) {
            return false;
        }
    }
    return true;
}

$files = [];
foreach (glob("$contract/*.json") as $path) {
    $files[basename($path)] = (string)file_get_contents($path);
    copy($path, "$place/" . basename($path));
}

test('the contract as it is passes', static fn () => holds(survives($place), 'the tests fail without a change'));

foreach ($files as $name => $text) {
    foreach (mutants(json_decode($text, true, 64, JSON_THROW_ON_ERROR)) as $words => $mutant) {
        test("a test notices: $words", static function () use ($place, $name, $mutant, $text): void {
            file_put_contents("$place/$name", json_encode($mutant, JSON_THROW_ON_ERROR));
            try {
                holds(!survives($place), 'no test failed');
            } finally {
                file_put_contents("$place/$name", $text);
            }
        });
    }
}
