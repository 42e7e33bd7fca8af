<?php

/** The page of the shop that PHP-FPM serves: ?message=N submits a message, ?health=1 shows the health. */

declare(strict_types=1);

use Vestnik\Tests\Crash\Shop;

require getenv('VESTNIK_PROJECT') . '/tests/crash/Shop.php';

header('Content-Type: application/json');
try {
    if (isset($_GET['health'])) {
        $answer = vestnik_health();
    } else {
        $number = (int)$_GET['message'];
        $receipt = vestnik_submit(Shop::message($number, (int)$_GET['persons']) + ['key' => "page-$number"]);
        $answer = array_intersect_key($receipt, ['id' => 1, 'verdict' => 1, 'state' => 1, 'duplicate' => 1]);
    }
} catch (\Throwable $trouble) {
    $answer = ['exception' => get_class($trouble), 'words' => $trouble->getMessage()];
}
echo json_encode($answer + ['server' => getmypid()]);
