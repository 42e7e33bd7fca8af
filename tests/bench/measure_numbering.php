<?php

/* One measurement with the plan that vestnik.numbering names, for bench.php. */

declare(strict_types=1);

require __DIR__ . '/bench.php';

if (vestnik_phone_parse('+79000000001')['operator'] === null && vestnik_phone_parse('+79160000001')['operator'] === null) {
    throw new RuntimeException('the plan is not there');
}
echo json_encode(measureTexts('vestnik_phone_parse', plannedPhones(), (int) $argv[1]), JSON_THROW_ON_ERROR), "\n";
