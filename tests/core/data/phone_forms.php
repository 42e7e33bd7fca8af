<?php

/*
 * Writes phone_forms.json beside it: what people type into the phone field of a shop, as patterns × numbers. A pattern
 * knows its number, so that what is expected does not come from the code under test. All numbers are of ranges kept
 * for tests or end in zeros that nobody is likely to have. `php phone_forms.php --check` only compares.
 *
 * In a pattern N is the ten-digit number, A its first three digits, B the next three, C and D two each.
 */

declare(strict_types=1);

const MOBILE = ['9990000001', '9990000012', '9990000123', '9990000077', '9990000098', '9990000010'];
const FIXED = ['4950000001', '8120000002', '3430000003', '4852000004', '8000000005'];
const KAZAKH = ['7010000001', '7770000002', '7470000003', '7172000004'];

/** Forms that are read in Russia, by name. */
const READ = [
    'international' => ['+7N', '+7 A B C D', '+7 (A) B-C-D', '+7(A)B-C-D', '+7-A-B-C-D', '+7.A.B.C.D', '+7 A BCD',
        '+7A BC D',
        '+ 7 (A) B C D', '+7 A B-CD', '+7/A/B-C-D', '(+7) A B C D', '+7 [A] B-C-D', '+7(A)BCD', '+7 A-B-C-D ',
        ' +7 A B C D',
        "+7 A B C D\n", "\t+7 A B C D", '+7_A_B_C_D', '+7 (A)  B  C  D', '+7   A   B   C   D', '+7(A) B C-D',
        '+7A-B-CD'],
    'trunk 8' => ['8N', '8 A B C D', '8 (A) B-C-D', '8(A)B-C-D', '8-A-B-C-D', '8.A.B.C.D', '8(A)BCD', '8 A BCD',
        '8A B C D',
        '8 A B-CD', '(8) A B C D', '8 - A - B - C - D', '8-(A)-B-C-D', '8/A/BCD', '8 (A)B C D', '8 [A] B C D',
        "8 A B C D\r\n"],
    'seven without plus' => ['7N', '7 A B C D', '7 (A) B-C-D', '7-A-B-C-D', '7(A)BCD'],
    'ten digits' => ['N', 'A B C D', '(A) B-C-D', 'A-B-C-D', '(A)BCD', 'A BCD', 'A.B.C.D'],
    'plus before the 8' => ['+8N', '+8 (A) B-C-D', '+8-A-B-C-D'],
    'the 8 after +7' => ['+7 8 A B C D', '+7 (8A) B-C-D', '+78N', '+7 8(A)B-C-D'],
    'dialled out of Russia' => ['8-10-7-A-B-C-D', '8107N', '8 10 7 A B C D', '810 7 (A) B-C-D', '8~10 7 A B C D'],
    'dialled from abroad' => ['007N', '00 7 A B C D', '00-7-A-B-C-D', '007 (A) B-C-D'],
    'spaces of all kinds' => ["+7\u{A0}A\u{A0}B\u{A0}C\u{A0}D", "8\u{202F}A\u{202F}B\u{2009}C\u{2009}D",
        "8\u{3000}A\u{2003}B C D"],
    'dashes of all kinds' => ['8‐A‑B‒C–D', '8—A―B−C-D', '8－A－B－C－D', '8 A B⁓C∼D', '8ーAーBーCーD', '8﹘A﹣B C D'],
    'invisible characters' => ["\u{202A}+7 A B C D\u{202C}", "\u{FEFF}8 A B C D",
        "8\u{200B}A\u{200B}B\u{2060}C\u{AD}D", "\u{200E}+7(A)B-C-D\u{200F}",
        "\u{2066}8 A B C D\u{2069}"],
    'quotes around it' => ["'8 A B C D", '"+7 A B C D"', '«8 A B C D»', '“8 A B C D”', "'+7N'"],
    'a link' => ['tel:+7N', 'TEL:8N', 'tel:+7-A-B-C-D', 'Tel: +7 A B C D'],
    'a comma at the end' => ['8 A B C D,', '+7N;', '8 A B C D, ', '+7 A B C D.'],
    'an extension' => ['8 A B C D доб. 12', '8 A B C D, доб. 123', '+7 (A) B-C-D доб 1', '8 A B C D (доб. 45)',
        '+7N добавочный 7',
        '8 A B C D Доб.12', '8 A B C D ДОБ 12', '8 A B C D вн. 5', '8 A B C D внутр. 5', '8 A B C D доп. 3',
        '8N#12', '8Nx12', '8N х12',
        '+7 A B C D ext. 45', '+7 A B C D ext 45', '+7 A B C D EXT.45', '+7 A B C D extension 4',
        '8 A B C D доб: 12', '8 A B C D; доб. 12',
        '8 A B C D доб.123-45', '8 A B C D внутренний 12'],
];

/** Digits of other alphabets: their zeros. */
const ZEROS = [
    'fullwidth digits' => 0xFF10, 'Arabic digits' => 0x0660, 'Persian digits' => 0x06F0,
        'Devanagari digits' => 0x0966,
    'Bengali digits' => 0x09E6, 'Thai digits' => 0x0E50, 'bold digits' => 0x1D7CE, 'monospace digits' => 0x1D7F6,
];

/** What is no number, or not one number. M is another number, P the number without its last digit. */
const REFUSED = [
    'a digit too few' => ['8P', '+7P', '7P', '8-A-B-C-0', '+7 (A) B-C', '8 (A) B-C-', 'A B C', 'P'],
    'a digit too many' => ['8N0', '+7N5', '7N1', '8 (A) B-C-D 0', '+7 A B C D 33'],
    'letters before it' => ['тел. 8N', 'тел: +7 A B C D', 'Анна 8N', 'моб. 8 A B C D', 'WhatsApp +7N', '№ 8N',
        'т.8N', 'мой номер 8N'],
    'letters after it' => ['8N Анна', '+7 A B C D (Анна)', '8 A B C D после 18', '8N вечером', '8N whatsapp',
        '8N, Анна', '8 A B C D звонить'],
    'letters in it' => ['8 A B C D0О', '8 A BООC', '+7 A B ОО D', '8(A)B-C-OO', '8 A абв C D', '8l A B C D',
        '+7 A B C Оl'],
    'other characters' => ['8N*', '8N!', '+7 A B C D?', '8=A=B=C=D', '8N@shop.example', '8|A|B|C|D', '8:A:B:C:D',
        '<8N>', '$8N', '8N%',
        '8N=', '{8N}', '8\\A\\BCD', '8&A&BCD'],
    'two numbers' => ['8N 8M', '8N, 8M', '8N; 8M', '8N/8M', '+7N +7M', '+7N,+7M', '8 A B C D, 8 M', "8N\n8M",
        '+7N и +7M', '8N или 8M',
        '8N (8M)', '8N доб. 12, 8M', '8N8M', '8N - 8M', '8 A B C D/02', '8N,02'],
    'an empty extension' => ['8N доб.', '8N ext', '8N #', '8N, доб', '8N доб. нет'],
    'an extension too long' => ['8N доб. 12345678', '8N ext 8M', '8N доб. 8M'],
    'a plus in it' => ['8+N', '7+A B C D', '+7+N', '++7N', '8N+', '8 A+B C D', '+7 A B C D +'],
    'no such area' => ['+7 0B C D 00 0', '8 1B CD 000', '+7 2B CD 000', '8 5B CD 000', '+76 5B C D 0',
        '8 88B CD 00', '8 89B CD 00', '+7 310 B C D',
        '8 370 B CD', '+7 440 B C D', '8 890 B CD'],
    'a number in a spreadsheet' => ['7,9990E+10', '7.999E+10', '8N.0E', '7,9999E10'],
];

/** Texts without any number. */
const NOTHING = ['', ' ', '-', '+', '()', '+7', '8', '+7 (___) ___-__-__',
        '0', '00', '+0', '000000', '00000000000', '+00000000000', '1', '112',
    '123', '1234567', '12345678', '123456789', '1234567890', '+7 (', 'нет', 'нет телефона', 'no', 'null', 'NULL',
        'n/a', 'test', 'телефон', 'qwerty',
    'anna@shop.example', 'https://shop.example', "\u{200B}", "\u{A0}", "\0", "8999\0" . '0000001', '😀',
        '11111111111', '+11111111111',
    '2222222222', '+999999999999', '5555555555', '+7 000 000-00-00', '8 000 000 00 00', '70000000000',
        '80000000000', '+1', '+375', '12.05.1985',
    '01.01.2000', '2026-11-25', '25.11.2026 10:00', '1 000 000', '15 000 руб.', '190000', '101000', 'д. 5, кв. 12',
        '4276 0000 0000 0000', '40817810000000000000'];

/** Numbers of other countries: digits, country, the region in which they are typed without code, and how. */
const ABROAD = [
    ['375290000001', 'BY', '029 000 00 01'], ['380500000001', 'UA', '050 000 00 01'], ['998900000001', 'UZ', '90 000 00 01'],
    ['996500000001', 'KG', '0500 000001'], ['37410000001', 'AM', '010 000001'], ['994500000001', 'AZ', '050 000 00 01'],
    ['995555000001', 'GE', '555 00 00 01'], ['37360000001', 'MD', '060 000 001'], ['992900000001', 'TJ', '900 00 0001'],
    ['99361000001', 'TM', null], ['37120000001', 'LV', '20 000 001'], ['37060000001', 'LT', null], ['3725000001', 'EE', '500 0001'],
    ['97688000001', 'MN', '8800 0001'], ['905010000001', 'TR', '0501 000 00 01'], ['972500000001', 'IL', '050 000 0001'],
    ['8613800000001', 'CN', '138 0000 0001'], ['4915100000001', 'DE', '0151 00000001'], ['33600000001', 'FR', '06 00 00 00 01'],
    ['447700900001', 'GB', '07700 900001'], ['12025550100', 'US', '(202) 555-0100'], ['14165550100', 'CA', '416-555-0100'],
    ['393000000001', 'IT', '300 000 0001'], ['34600000001', 'ES', '600 00 00 01'], ['48500000001', 'PL', '500 000 001'],
    ['420600000001', 'CZ', '600 000 001'], ['381600000001', 'RS', '060 0000001'], ['35840000001', 'FI', '040 000001'],
    ['971500000001', 'AE', '050 000 0001'], ['66800000001', 'TH', '080 000 0001'], ['84900000001', 'VN', '090 000 0001'],
];

/** libphonenumber's own examples of Russia and Kazakhstan: fixed, mobile, free, dear, of a person, over the Internet. */
const EXAMPLES = [
    ['3011234567', 'RU', 0], ['9123456789', 'RU', 1], ['8001234567', 'RU', 0], ['8091234567', 'RU', 0], ['8081234567', 'RU', 0],
    ['7123456789', 'KZ', 0], ['7710009998', 'KZ', 1], ['7511234567', 'KZ', -1],
];

function fill(string $pattern, string $number, string $other = '9990000002'): string
{
    return strtr($pattern, [
        'N' => $number, 'M' => $other, 'P' => substr($number, 0, 9), 'A' => substr($number, 0, 3),
        'B' => substr($number, 3, 3),
        'C' => substr($number, 6, 2), 'D' => substr($number, 8, 2),
    ]);
}

function inDigits(string $text, int $zero): string
{
    return (string) preg_replace_callback('/\d/', static fn (array $m): string => mb_chr($zero + (int) $m[0], 'UTF-8'), $text);
}

/** @return list<array<string, int|string>> */
function russian(string $form, string $raw, string $number): array
{
    $kazakh = $number[0] === '7';
    $mobile = $number[0] === '9' || ($kazakh && $number[1] !== '1') ? 1 : 0;

    return [['form' => $form, 'raw' => $raw, 'number' => (int) "7$number", 'country' => $kazakh ? 'KZ' : 'RU', 'mobile' => $mobile]];
}

/** @return iterable<array<string, int|string>> */
function readForms(): iterable
{
    foreach (READ as $form => $patterns) {
        foreach ($patterns as $index => $pattern) {
            yield from russian($form, fill($pattern, MOBILE[$index % 6]), MOBILE[$index % 6]);
            yield from russian($form, fill($pattern, MOBILE[($index + 1) % 6]), MOBILE[($index + 1) % 6]);
            if ($form !== 'plus before the 8') { // +81 is Japan and +84 Vietnam: only +89 can be nothing else
                yield from russian($form, fill($pattern, FIXED[$index % 5]), FIXED[$index % 5]);
                yield from russian($form, fill($pattern, KAZAKH[$index % 4]), KAZAKH[$index % 4]);
            }
        }
    }
    foreach (ZEROS as $form => $zero) {
        foreach (['+7 A B C D', '8 (A) B-C-D', '8N', 'N'] as $index => $pattern) {
            yield from russian($form, inDigits(fill($pattern, MOBILE[$index]), $zero), MOBILE[$index]);
        }
    }
    yield from russian('emoji digits', (string) preg_replace('/\d/', "$0\u{FE0F}\u{20E3}", '+7 999 000 00 01'), '9990000001');
    foreach (['8 (4852) 00-00-04', '+7 4852 00-00-04', '8-4852-000004', '+7 (48520) 0-00-04', '8 4852 000-004'] as $raw) {
        yield from russian('four-digit area codes', $raw, '4852000004');
    }
}

/** @return iterable<array<string, int|string>> */
function refusedForms(): iterable
{
    foreach (REFUSED as $form => $patterns) {
        foreach ($patterns as $pattern) {
            $numbers = str_contains($pattern, 'E') ? [MOBILE[0]] : [MOBILE[0], MOBILE[2], FIXED[0], KAZAKH[0]];
            foreach ($numbers as $number) {
                yield ['form' => $form, 'raw' => fill($pattern, $number), 'refused' => 'always'];
            }
        }
    }
    foreach (NOTHING as $raw) {
        yield ['form' => 'nothing', 'raw' => $raw, 'refused' => 'always'];
    }
}

/** @return iterable<array<string, int|string>> */
function foreignForms(): iterable
{
    foreach (ABROAD as [$digits, $country, $national]) {
        $expected = ['number' => (int) $digits, 'country' => $country, 'mobile' => -1];
        $forms = [
            "+$digits", '+' . rtrim(chunk_split($digits, 3, ' ')), '+' . rtrim(chunk_split($digits, 4, '-'), '-'),
            "00$digits", "810$digits", "8-10-$digits",
        ];
        foreach ($forms as $raw) {
            yield ['form' => 'another country', 'raw' => $raw] + $expected;
        }
        if ($national !== null) {
            yield ['form' => 'inside another country', 'raw' => $national, 'region' => $country] + $expected;
        }
        if (!str_starts_with($digits, '7')) {
            yield ['form' => 'another country, too short', 'raw' => '+' . substr($digits, 0, 5),
            'refused' => 'always'];
            yield ['form' => 'another country, too long', 'raw' => "+{$digits}00000", 'refused' => 'always'];
        }
    }
    foreach (EXAMPLES as [$number, $country, $mobile]) {
        foreach (['+7N', '8N', '8 (A) B-C-D', 'N', '8-10-7-A-B-C-D'] as $pattern) {
            yield ['form' => 'examples of libphonenumber', 'raw' => fill($pattern, $number),
            'number' => (int) "7$number",
                'country' => $country, 'mobile' => $mobile];
        }
    }
}

$rows = [];
foreach ([readForms(), refusedForms(), foreignForms()] as $forms) {
    foreach ($forms as $row) {
        $rows[($row['region'] ?? 'RU') . ' ' . $row['raw']] ??= json_encode(
            $row,
            JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR
        );
    }
}
$text = "[\n" . implode(",\n", $rows) . "\n]\n";
$target = __DIR__ . '/phone_forms.json';
if (($argv[1] ?? '') === '--check') {
    if (file_get_contents($target) !== $text) {
        fwrite(STDERR, "phone_forms.json is not what phone_forms.php writes: run it\n");
        exit(1);
    }
    exit(0);
}
file_put_contents($target, $text);
echo count($rows), " forms\n";
