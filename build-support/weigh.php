<?php

/*
 * Learns the weights of ext/core/text/classify_weigh.c from the labelled texts: logistic regression of advertising
 * against the rest over the features that file counts.
 *
 *   php weigh.php [--cross|--check]
 *
 * Writes ext/core/text/classify_weights.inc. --check writes nothing: it fails when the weights were learnt from other
 * texts, or by another program, than there are now. --cross writes nothing: it leaves each set out and tells how the weights
 * alone do on it.
 */

declare(strict_types=1);

namespace Vestnik\Build;

require __DIR__ . '/../tests/lexicon/Corpus.php';

use Vestnik\Tests\Lexicon\Corpus;

const WEIGHTS = __DIR__ . '/../ext/core/text/classify_weights.inc';
const SETS = ['dev', 'heldout', 'fresh', 'unseen', 'final'];
/** Marks that count, and the symbols of normalize.h they are. */
const MARKS = ['%' => 72, '№' => 73, '₽' => 74, '+' => 75, '?' => 77, ';' => 77, '!' => 80, '/' => 82, '\\' => 82];
const ROUNDS = 25;
const RATE = 0.3;
const DECAY = 0.002;
/** Features of one text only, and those that weigh less, are left out. */
const TEXTS_LEAST = 2;
const WEIGHT_LEAST = 0.2;

/** @return list<string> words, numbers as so many nines, marks */
function tokens(string $text): array
{
    $text = str_replace('ё', 'е', mb_strtolower($text));
    preg_match_all('~[а-я]+|[a-z]+|[0-9]+|[%№₽+?;!/\\\\]~u', $text, $found);

    return array_map(
        static fn(string $token): string => ctype_digit($token) ? str_repeat('9', strlen($token)) : $token,
        $found[0],
    );
}

/** @return list<string> a letter for its kind and what it is */
function features(string $text): array
{
    $features = [];
    $before = null;
    foreach (tokens($text) as $token) {
        $stem = mb_substr($token, 0, 5);
        $length = mb_strlen($token);
        if (preg_match('/^\pL/u', $token)) {
            $features[] = "W$token";
            for ($n = 3; $n <= 6 && $n < $length; $n++) {
                $features[] = 'P' . mb_substr($token, 0, $n);
            }
            for ($n = 2; $n <= 4 && $n + 1 < $length; $n++) {
                $features[] = 'S' . mb_substr($token, -$n);
            }
        } else {
            $features[] = "W$stem";
        }
        $features[] = $before === null ? "F$stem" : "B$before $stem";
        $before = $stem;
    }

    return $features;
}

/** @return array{float, array<string, float>} the weight of all texts and of each feature */
function learn(array $texts): array
{
    mt_srand(1);
    $examples = [];
    $known = [];
    foreach ($texts as [$text, $label]) {
        $features = features($text);
        $examples[] = [$features, $label, 1 / sqrt(max(1, count($features)))];
        foreach (array_unique($features) as $feature) {
            $known[$feature] = ($known[$feature] ?? 0) + 1;
        }
    }
    $kept = array_filter($known, static fn(int $times): bool => $times >= TEXTS_LEAST);
    $weights = array_map(static fn(): float => 0.0, $kept);
    $slopes = array_map(static fn(): float => 0.01, $weights);
    foreach ($examples as &$example) {
        $example[0] = array_filter($example[0], static fn(string $feature): bool => isset($kept[$feature]));
    }
    unset($example);
    $all = 0.0;
    for ($round = 0; $round < ROUNDS; $round++) {
        $order = range(0, count($examples) - 1);
        shuffle($order);
        foreach ($order as $i) {
            [$features, $label, $scale] = $examples[$i];
            $sum = 0.0;
            foreach ($features as $feature) {
                $sum += $weights[$feature];
            }
            $miss = 1 / (1 + exp(-$all - $sum * $scale)) - $label;
            $all -= 0.02 * $miss;
            foreach ($features as $feature) {
                $slope = $miss * $scale + DECAY * $weights[$feature];
                $slopes[$feature] += $slope * $slope;
                $weights[$feature] -= RATE * $slope / sqrt($slopes[$feature]);
            }
        }
    }

    return [$all, array_filter($weights, static fn(float $weight): bool => abs($weight) >= WEIGHT_LEAST)];
}

function score(array $learnt, string $text): float
{
    [$all, $weights] = $learnt;
    $features = features($text);

    $sum = array_sum(array_map(static fn(string $feature): float => $weights[$feature] ?? 0.0, $features));

    return $all + $sum / sqrt(max(1, count($features)));
}

/** @return list<array{string, int}> texts with 1 for advertising, 0 for any other */
function labelled(array $sets): array
{
    $texts = [];
    foreach ($sets as $set) {
        $corpus = new Corpus($set);
        foreach ($corpus->advertisements() as $text) {
            $texts[] = [$text, 1];
        }
        foreach ([...$corpus->service(), ...$corpus->authentication()] as $text) {
            $texts[] = [$text, 0];
        }
    }

    return $texts;
}

/** FNV-1a over the kind and the symbols of normalize.h, as in classify_weigh.c. */
function hashed(string $feature): int
{
    $hash = 2166136261;
    $letters = mb_str_split($feature);
    $bytes = [ord(array_shift($letters))];
    foreach ($letters as $letter) {
        $code = mb_ord($letter);
        $bytes[] = match (true) {
            $letter === ' ' => 0xFF,
            isset(MARKS[$letter]) => MARKS[$letter],
            $code >= 0x61 && $code <= 0x7A => $code - 0x61 + 33,
            $code === 0x39 => 68,
            default => $code - 0x430 + 1,
        };
    }
    foreach ($bytes as $byte) {
        $hash = (($hash ^ $byte) * 16777619) & 0xFFFFFFFF;
    }

    return $hash;
}

/** Stands in the file that is written: learning anew could differ in a last digit on another machine. */
function digest(): string
{
    $files = [__FILE__];
    foreach (SETS as $set) {
        foreach (['advertisements', 'service', 'authentication'] as $kind) {
            $files[] = __DIR__ . "/../tests/lexicon/$kind-$set.txt";
        }
    }

    return hash('sha256', implode("\n", array_map(static fn(string $file): string => (string)hash_file('sha256', $file), $files)));
}

if (($argv[1] ?? '') === '--check') {
    exit(str_contains((string)file_get_contents(WEIGHTS, length: 1000), digest()) ? 0 : 1);
}

if (($argv[1] ?? '') === '--cross') {
    foreach (SETS as $set) {
        $learnt = learn(labelled(array_diff(SETS, [$set])));
        foreach ([-0.6, -0.3, 0, 0.3] as $bound) {
            $wrong = [0, 0];
            $count = [0, 0];
            foreach (labelled([$set]) as [$text, $label]) {
                $count[$label]++;
                $wrong[$label] += (int)((score($learnt, $text) >= $bound) !== (bool)$label);
            }
            [$others, $advertising] = array_map(static fn(int $wrong, int $of): float => $wrong / $of, $wrong, $count);
            printf("%-8s %5.1f: advertising %.3f, others %.3f\n", $set, $bound, $advertising, $others);
        }
    }
    exit;
}

/**
 * A place for each hash, so that one look finds it: a number is tried for all hashes with the same highest 12 bits
 * until each has a place of its own.
 *
 * @param list<int> $hashes
 * @return array{int, list<int>, array<int, int>} the shift that makes a place, the numbers, the hashes by place
 */
function placed(array $hashes): array
{
    $shift = 32;
    while (1 << (32 - $shift) < count($hashes) * 1.1) {
        $shift--;
    }
    $groups = array_fill(0, 4096, []);
    foreach ($hashes as $hash) {
        $groups[$hash >> 20][] = $hash;
    }
    uasort($groups, static fn(array $a, array $b): int => count($b) <=> count($a));
    $moves = array_fill(0, 4096, 0);
    $taken = [];
    foreach ($groups as $bits => $group) {
        for ($move = 0, $places = []; count($places) < count($group); $move++) {
            if ($move > 0xFFFF) {
                throw new \RuntimeException('No number gives all of a group a place.');
            }
            $places = [];
            foreach ($group as $hash) {
                $place = (($hash ^ $move) * 0x1E3779B1 & 0xFFFFFFFF) >> $shift;
                if (isset($taken[$place]) || isset($places[$place])) {
                    break;
                }
                $places[$place] = $hash;
            }
            $moves[$bits] = $move;
        }
        $taken += $places;
    }

    return [$shift, $moves, $taken];
}

[$all, $weights] = learn(labelled(SETS));
$lines = [];
foreach ($weights as $feature => $weight) {
    $hash = hashed($feature);
    $remark = strtr($feature, '/', '|');
    $lines[$hash] = sprintf('WEIGHT(0x%05X, %d), /* %s */', $hash & 0xFFFFF, round($weight * 100), $remark);
}
[$shift, $moves, $places] = placed(array_keys($lines));
ksort($places);
$table = array_map(
    static fn(int $place, int $hash): string => "[$place] = $lines[$hash]",
    array_keys($places),
    $places,
);
file_put_contents(
    WEIGHTS,
    "/* Written by build-support/weigh.php from the labelled texts of tests/lexicon. W: a word, P: its beginning, S: its\n"
    . " * end, B: beginnings of neighbours, F: the beginning of a text. Learnt from\n * " . digest() . " */\n"
    . sprintf("enum { WEIGHT_OF_ALL = %d, PLACE_SHIFT = %d };\n", round($all * 100), $shift)
    . sprintf("static const uint32_t weights[%d] = {\n", 1 << (32 - $shift)) . implode("\n", $table) . "\n};\n"
    . "static const uint16_t moves[] = {\n" . wordwrap(implode(', ', $moves), 110) . "};\n",
);
printf("%d weights\n", count($table));
