<?php

/** Installing without the extension, and what uninstalling leaves; installing with it is in cases/extension. */

declare(strict_types=1);

use Bitrix\Main\Config\Option;
use Bitrix\Main\ModuleManager;
use Vestnik\Tests\Bitrix\World;

use function Vestnik\Tests\Bitrix\install_module;
use function Vestnik\Tests\Bitrix\register_module;

require __DIR__ . '/../../harness.php';
require __DIR__ . '/../../site.php';

test('this PHP is without the extension', static fn () => same(false, extension_loaded('vestnik')));

foreach (['ru' => 'Расширение PHP «vestnik» не загружено', 'en' => 'The PHP extension “vestnik” is not loaded'] as $language => $words) {
    test("without the extension nothing is installed, and the page says why ($language)", static function () use ($language, $words): void {
        World::begin()->language = $language;
        same(false, install_module());
        holds(str_starts_with($GLOBALS['APPLICATION']->GetException()->GetString(), $words), 'other words');
        same(false, ModuleManager::isModuleInstalled('vestnik.sms'));
        same([], World::current()->registrations);
    });
}
test('the module object shows itself in both languages and touches nothing', static function (): void {
    foreach (['ru' => 'SMS-вестник', 'en' => 'SMS Vestnik'] as $language => $name) {
        $world = World::begin();
        $world->language = $language;
        $module = CModule::CreateModuleObject('vestnik.sms');
        same($name, $module->MODULE_NAME);
        same('vestnik.sms', $module->MODULE_ID);
        same('0.1.0', $module->MODULE_VERSION);
        same(false, $module->IsInstalled());
        same([], $world->sent);
    }
});
test('uninstalling takes back everything that installing and living left', static function (): void {
    $world = World::begin();
    register_module();
    Option::set('vestnik.sms', 'cursor', '15');
    CAdminNotify::Add(['MODULE_ID' => 'vestnik.sms', 'TAG' => 'x', 'MESSAGE' => 'x']);
    holds(CModule::CreateModuleObject('vestnik.sms')->DoUninstall() !== false, 'refused');
    same([[], [], []], [$world->registrations, $world->notifications, array_filter($world->options)]);
    same(false, ModuleManager::isModuleInstalled('vestnik.sms'));
});
test('every Russian phrase has an English one with the same placeholders, and the other way', static function (): void {
    $lang = dirname(__DIR__, 4) . '/bitrix-module/vestnik.sms/lang';
    $phrases = [];
    foreach (['ru', 'en'] as $language) {
        $files = new RecursiveIteratorIterator(new RecursiveDirectoryIterator("$lang/$language", FilesystemIterator::SKIP_DOTS));
        foreach ($files as $file) {
            $MESS = [];
            include $file->getPathname();
            foreach ($MESS as $code => $text) {
                preg_match_all('/#[A-Z_]+#/', $text, $found);
                sort($found[0]);
                $name = substr($file->getPathname(), strlen("$lang/$language")) . " $code";
                $phrases[$language][$name] = array_values(array_unique($found[0]));
            }
        }
        ksort($phrases[$language]);
    }
    holds($phrases['ru'] !== [], 'no phrases');
    same($phrases['ru'], $phrases['en']);
});
test('a missing phrase in the installer would be seen: every code it uses exists', static function (): void {
    $module = dirname(__DIR__, 4) . '/bitrix-module/vestnik.sms';
    $MESS = [];
    include "$module/lang/ru/install/index.php";
    $code = file_get_contents("$module/install/index.php") . file_get_contents("$module/lib/Install/Requirements.php");
    preg_match_all("/'(VESTNIK_SMS_[A-Z_]+)'/", $code, $used);
    $used = array_unique($used[1]);
    same([], array_values(array_diff($used, array_keys($MESS))), 'used but not written');
    same([], array_values(array_diff(array_keys($MESS), $used)), 'written but not used');
});
