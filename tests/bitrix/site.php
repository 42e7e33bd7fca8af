<?php

/**
 * Stands up the kernel double for a test: its document root has bitrix/ from the double and local/modules/vestnik.sms from
 * this repository, both as links. No Composer autoload: the module's classes come by the kernel's own rule or not at all.
 */

declare(strict_types=1);

namespace Vestnik\Tests\Bitrix;

require_once __DIR__ . '/double/Contract.php';
require_once __DIR__ . '/double/World.php';

$documentRoot = sys_get_temp_dir() . '/vestnik-site-' . getmypid() . '-' . bin2hex(random_bytes(4));
mkdir("$documentRoot/local/modules", 0700, true);
symlink(__DIR__ . '/double/bitrix', "$documentRoot/bitrix");
symlink(dirname(__DIR__, 2) . '/bitrix-module/vestnik.sms', "$documentRoot/local/modules/vestnik.sms");

$owner = getmypid();
register_shutdown_function(static function () use ($documentRoot, $owner): void {
    if (getmypid() === $owner) {
        array_map('unlink', ["$documentRoot/bitrix", ...glob("$documentRoot/local/modules/*")]);
        array_map('rmdir', ["$documentRoot/local/modules", "$documentRoot/local", $documentRoot]);
    }
});

World::begin()->documentRoot = $documentRoot;
require_once "$documentRoot/bitrix/modules/main/include.php";

/** The module as the administrator's page makes and installs it. */
function install_module(): bool
{
    $module = \CModule::CreateModuleObject('vestnik.sms');
    return $module !== false && $module->DoInstall() !== false;
}

/**
 * What installing leaves behind, for tests of the handler that run without the extension.
 */
function register_module(): void
{
    \Bitrix\Main\ModuleManager::registerModule('vestnik.sms');
    \CModule::CreateModuleObject('vestnik.sms')->InstallEvents();
}

/** @param array<string, mixed> $properties property code => value */
function new_order(array $properties = [], string $site = 's1', ?int $user = null, string $price = '1990'): \Bitrix\Sale\Order
{
    \Bitrix\Main\Loader::includeModule('sale');
    $order = \Bitrix\Sale\Order::create($site, $user, 'RUB');
    $order->setField('PRICE', $price);
    foreach ($properties + ['PHONE' => '+7 999 000-00-17', 'FIO' => 'Анна'] as $code => $value) {
        $order->getPropertyCollection()->getItemByOrderPropertyCode($code)?->setValue($value);
    }
    return $order;
}

/** Every setting of the switches that the suite runs: the defaults, each flipped alone, all flipped. */
function switch_settings(): array
{
    $defaults = Contract::switches();
    $settings = ['defaults' => $defaults];
    foreach ($defaults as $id => $value) {
        $settings["flipped $id"] = [$id => !$value] + $defaults;
    }
    $settings['all flipped'] = array_map(static fn (bool $value): bool => !$value, $defaults);
    return $settings;
}
