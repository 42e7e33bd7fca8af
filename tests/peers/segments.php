<?php

/* Texts put together at random, the same in every run, with what vestnik_text_measure says: for segments.mjs. */

declare(strict_types=1);

$alphabets = [
    ['a', 'Z', '1', ' ', '.', '@', '€', '{', '|', 'é', 'Ω', 'Ç', "\n"],
    ['а', 'Я', 'ё', ' ', '1', '«', '—', 'x', '€', '№'],
    ['я', '😀', ' ', 'a', '€', '𝄞', '中'],
    ['a', 'b', '~', ' ', '5', "\r\n"],
    ['е', "\u{301}", '❤', "\u{fe0f}", "\u{200d}", '👩', '🇷', '🇺', 'a'],
];
mt_srand(20261125);
$rows = [];
for ($i = 0; $i < 4000; $i++) {
    $alphabet = $alphabets[$i % count($alphabets)];
    $text = '';
    for ($left = mt_rand(0, 400); $left > 0; $left--) {
        $text .= $alphabet[mt_rand(0, count($alphabet) - 1)];
    }
    $rows[] = ['text' => $text] + array_diff_key(vestnik_text_measure($text), ['offenders' => 1, 'remaining' => 1]);
}
echo json_encode($rows, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE);
