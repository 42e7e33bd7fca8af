<?php

/** Static checks of the module: no call outside the contract, no kernel where none may be known, no extension function that is not. */

declare(strict_types=1);

use PhpParser\Node;
use PhpParser\NodeFinder;
use PhpParser\ParserFactory;
use Vestnik\Tests\Bitrix\ModuleCheck;

require __DIR__ . '/../../harness.php';
require __DIR__ . '/../../double/Contract.php';
require __DIR__ . '/../../ModuleCheck.php';
require '/usr/share/php/PhpParser/autoload.php';

$root = dirname(__DIR__, 4);

/** @return array<string, list<string>> function => its parameters as written */
function functions_in(string $code): array
{
    $printer = new PhpParser\PrettyPrinter\Standard();
    $functions = [];
    $tree = (new ParserFactory())->create(ParserFactory::PREFER_PHP7)->parse($code);
    foreach ((new NodeFinder())->findInstanceOf($tree, Node\Stmt\Function_::class) as $function) {
        foreach ($function->params as $param) {
            $param->attrGroups = [];
        }
        $functions[strtolower((string)$function->name)] = [
            ...array_map(static fn (Node\Param $param): string => $printer->prettyPrint([$param]), $function->params),
            'returns ' . ($function->returnType === null ? '' : $printer->prettyPrint([$function->returnType])),
        ];
    }
    return $functions;
}

/** @return array<string, string> path inside the module => code */
function module_files(string $folder): array
{
    $files = [];
    $tree = new RecursiveDirectoryIterator($folder, FilesystemIterator::SKIP_DOTS);
    $all = new RegexIterator(new RecursiveIteratorIterator($tree), '/\.php$/');
    foreach ($all as $file) {
        $files[substr($file->getPathname(), strlen($folder) + 1)] = file_get_contents($file->getPathname());
    }
    ksort($files);
    return $files;
}

$extension = (string)file_get_contents("$root/ext/vestnik.stub.php");
$module = module_files("$root/bitrix-module/vestnik.sms");

test('the module calls nothing outside the kernel contract and the extension\'s stub', static function () use ($module, $extension): void {
    holds(count($module) > 10, 'the module\'s files were not found');
    same([], (new ModuleCheck($module, $extension))->problems());
});

$planted = [
    'an unknown kernel class' => ['lib/Kernel/X.php', 'new \Bitrix\Sale\Nothing();', 'class Bitrix\Sale\Nothing is not in the contract'],
    'an unknown static method' => ['lib/Kernel/X.php', '\Bitrix\Main\Loader::requireAll();',
        'Bitrix\Main\Loader::requireAll is not in the contract'],
    'an unknown constant' => ['lib/Kernel/X.php', 'echo \CAdminNotify::TYPE_X;', 'CAdminNotify::TYPE_X is not in the contract'],
    'an unknown method' => ['lib/Kernel/X.php', '$order->getPhoneNumberOfBuyer();', 'no known class has a method getPhoneNumberOfBuyer'],
    'an unknown function' => ['lib/Kernel/X.php', 'NormalizeEverything("x");', 'function normalizeeverything is not in the contract'],
    'a function the extension lacks' => ['lib/Kernel/X.php', 'vestnik_nothing();', 'the extension has no function vestnik_nothing'],
    'too many arguments' => ['lib/Kernel/X.php', '\CModule::IncludeModule("a", "b");',
        'CModule::IncludeModule takes 1 to 1 arguments, not 2'],
    'too few arguments' => ['lib/Kernel/X.php', '\CEventLog::Log("a");', 'CEventLog::Log takes 4 to 6 arguments, not 1'],
    'the kernel where it must not be known' => ['lib/Order/X.php', '\Bitrix\Main\Loader::includeModule("sale");',
        'class Bitrix\Main\Loader is the kernel\'s, and this file must not know the kernel'],
    'a type of the kernel where it must not be known' => ['lib/Order/X.php', 'function f(\Bitrix\Sale\Order $order) {}',
        'class Bitrix\Sale\Order is the kernel\'s, and this file must not know the kernel'],
];
foreach ($planted as $name => [$path, $code, $words]) {
    test("the check finds $name", static function () use ($path, $code, $words, $extension): void {
        $problems = (new ModuleCheck([$path => "<?php\n$code"], $extension))->problems();
        holds(in_array("$path:2 $words", $problems, true), implode("\n", $problems) ?: 'nothing found');
    });
}
test('code that may is left alone', static function () use ($extension): void {
    $code = '<?php namespace Vestnik\Sms\Kernel; use Bitrix\Main\Loader; final class X { function f(): void '
        . '{ Loader::includeModule("sale"); vestnik_submit([]); strlen("x"); $this->f(); throw new \RuntimeException(self::class); } }';
    same([], (new ModuleCheck(['lib/Kernel/X.php' => $code], $extension))->problems());
});

test('the extension stub of the tests has the real signatures', static function () use ($extension): void {
    $stub = functions_in(file_get_contents(__DIR__ . '/../../extension_stub.php'));
    $real = array_intersect_key(functions_in($extension), $stub);
    ksort($real);
    ksort($stub);
    same($real, $stub);
    holds(count($stub) >= 2, 'no functions');
});
test('every file of the module with code in it is strict', static function () use ($module): void {
    foreach ($module as $path => $code) {
        $plain = preg_match('~^(lang/|install/version\.php|include\.php|default_option\.php)~', $path) === 1;
        same(!$plain, str_contains($code, 'declare(strict_types=1);'), $path);
    }
});
test('version.php is plain text that the Marketplace can read', static function () use ($module): void {
    $version = $module['install/version.php'];
    holds(
        preg_match('/"VERSION" => "\d+\.\d+\.\d+",\s+"VERSION_DATE" => "\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"/', $version) === 1,
        $version
    );
});
test('language files are UTF-8 without a byte order mark', static function () use ($module): void {
    foreach ($module as $path => $code) {
        holds(preg_match('//u', $code) === 1 && !str_starts_with($code, "\xEF\xBB\xBF"), $path);
    }
});
