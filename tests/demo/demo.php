<?php

/**
 * A shop's day: orders change status on the kernel double, the module's handler and the functions of the extension do the
 * rest, the test gateway plays the provider. Prints a table and figures from both sides; fails when they differ.
 *
 *   php -d 'vestnik.store="sqlite:/tmp/x/shop.db?clock=manual"' demo.php http://127.0.0.1:PORT
 */

declare(strict_types=1);

namespace Vestnik\Demo;

require __DIR__ . '/../bitrix/site.php';
foreach (['Day', 'Shop', 'Consents', 'Gateway', 'Walk', 'Table', 'Report', 'Comparison'] as $class) {
    require __DIR__ . "/$class.php";
}

$day = new Day(__DIR__ . '/day');
$gateway = new Gateway($argv[1] ?? throw new \RuntimeException('the address of the gateway is missing'));
$happenings = $day->happenings();

echo "Вестник: день магазина «Ромашка», среда, 25 ноября 2026 года\n";
echo "Часы хранилища переводятся вручную, SMS принимает учебный шлюз, номера вымышлены. Время московское.\n\n";

vestnik_clock($happenings[0]['at'] - 86400);
$settings = $day->settings;
$settings['providers']['smsru']['url'] = $gateway->url;
vestnik_configure($settings);
foreach ($day->templates as $id => $template) {
    vestnik_document_put('template', $id, $template);
}
$shop = new Shop($day);
$consents = (new Consents($day))->bring();
printf(
    "Подготовка: модуль установлен, текстов – %d, покупателей – %d, согласий с кодом – %d, без кода – %d, отозвано – %d.\n\n",
    count($day->templates),
    count($day->customers),
    $consents['code'],
    $consents['unconfirmed'],
    $consents['withdrawn']
);

$walk = new Walk($day, $shop, $gateway);
$tell = static function (int $hour, int $events, int $sent, int $reports, int $waiting): void {
    if ($events + $sent + $reports > 0) {
        $local = (new \DateTimeImmutable("@$hour"))->setTimezone(new \DateTimeZone('Europe/Moscow'));
        printf(
            "%s  событий – %2d, отправлено SMS – %2d, отчётов о доставке – %2d, ждут срока – %2d\n",
            $local->format('d.m H:i'),
            $events,
            $sent,
            $reports,
            $waiting
        );
        flush();
    }
};
foreach ([-6, -3] as $earlier) {
    $walk->through($happenings, Day::at($earlier, 12), Day::at($earlier, 13), $tell);
}
$walk->through($happenings, Day::at(0, 0), Day::at(1, 6), $tell);

$campaigns = [];
foreach ($happenings as $happening) {
    if ($happening['kind'] === 'mailing') {
        $campaigns[$happening['data']['id']] = 'реклама: ' . $happening['data']['title'];
    }
}
$report = new Report($campaigns);
echo "\n";
$report->print();
exit((new Comparison($report, $gateway, $shop, $walk))->print() ? 0 : 1);
