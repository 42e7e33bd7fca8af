<?php

/** The double against its contract: no symbol outside it, signatures as loose as the kernel's, behaviour of sheet and traps. */

declare(strict_types=1);

use Bitrix\Main\Config\Option;
use Bitrix\Main\Event;
use Bitrix\Main\EventManager;
use Bitrix\Main\EventResult;
use Bitrix\Main\Loader;
use Bitrix\Main\Localization\Loc;
use Bitrix\Main\ModuleManager;
use Bitrix\Main\Type\DateTime;
use Bitrix\Sale\Order;
use Vestnik\Tests\Bitrix\Contract;
use Vestnik\Tests\Bitrix\World;

use function Vestnik\Tests\Bitrix\new_order;

require __DIR__ . '/../../harness.php';
require __DIR__ . '/../../site.php';

symlink(__DIR__ . '/../../fixtures/modules/acme.probe', $documentRoot . '/local/modules/acme.probe');

/** @return list<class-string> classes of the double's kernel files */
function kernel_classes(): array
{
    Loader::includeModule('sale');
    $files = new RegexIterator(new RecursiveIteratorIterator(new RecursiveDirectoryIterator(
        dirname(__DIR__, 2) . '/double/bitrix',
        FilesystemIterator::SKIP_DOTS
    )), '/\.php$/');
    foreach ($files as $file) {
        require_once $file->getRealPath();
    }
    $folder = dirname(__DIR__, 2) . '/double/bitrix/';
    return array_values(array_filter(
        array_merge(get_declared_classes(), get_declared_interfaces(), get_declared_traits()),
        static fn (string $class) => str_starts_with((string)(new ReflectionClass($class))->getFileName(), $folder)
    ));
}

/** @return array<string, array{static: bool, params: list<string>, declares: ?string}|array{}> public symbols of the double */
function public_symbols(): array
{
    $symbols = [];
    foreach (kernel_classes() as $name) {
        $class = new ReflectionClass($name);
        $symbols[$name] = [];
        foreach ($class->getReflectionConstants(ReflectionClassConstant::IS_PUBLIC) as $constant) {
            $symbols["$name::{$constant->getName()}"] = ['value' => $constant->getValue()];
        }
        foreach ($class->getProperties(ReflectionProperty::IS_PUBLIC) as $property) {
            if ($property->getDeclaringClass()->getName() === $name) {
                $symbols["$name::\${$property->getName()}"] = [];
            }
        }
        foreach ($class->getMethods(ReflectionMethod::IS_PUBLIC) as $method) {
            $parent = $class->getParentClass();
            $inherited = $parent !== false && $parent->hasMethod($method->getName());
            if ($method->getDeclaringClass()->getName() === $name && !$inherited) {
                $symbols["$name::{$method->getName()}"] = ['static' => $method->isStatic(),
                    'params' => array_map('signature', $method->getParameters()),
                    'declares' => $method->hasReturnType() ? (string)$method->getReturnType() : null];
            }
        }
    }
    return $symbols;
}

function signature(ReflectionParameter $parameter): string
{
    $default = $parameter->isDefaultValueAvailable() ? $parameter->getDefaultValue() : null;
    $type = $parameter->getType();
    $type = $type instanceof ReflectionNamedType
        ? ($type->isBuiltin() ? '' : '\\') . $type->getName() . ' '
        : '';
    return $type . ($parameter->isVariadic() ? '...' : '') . '$' . $parameter->getName() . match (true) {
        !$parameter->isOptional() || $parameter->isVariadic() => '',
        $default === [] => ' = []',
        default => ' = ' . strtolower(var_export($default, true)),
    };
}

test('the double has no public symbol outside the contract', static function (): void {
    same([], array_values(array_diff(array_keys(public_symbols()), array_keys(Contract::symbols()))));
});
test('the double has every symbol of the contract', static function (): void {
    same([], array_values(array_diff(array_keys(Contract::symbols()), array_keys(public_symbols()))));
});
test('the double declares its signatures exactly as the contract', static function (): void {
    foreach (public_symbols() as $symbol => $found) {
        $entry = Contract::symbols()[$symbol] ?? [];
        if (isset($found['params'])) {
            same($entry['params'] ?? null, $found['params'], $symbol);
            same($entry['static'] ?? false, $found['static'], $symbol);
            same($entry['declares'] ?? null, $found['declares'], $symbol);
        } elseif (isset($found['value']) || isset($entry['value'])) {
            same($entry['value'], $found['value'], $symbol);
        }
    }
});
test('every entry of the contract has an evidence mark and a known key', static function (): void {
    $known = ['symbol', 'kind', 'static', 'params', 'declares', 'return', 'value', 'since', 'mark', 'note', 'module'];
    foreach (Contract::symbols() as $symbol => $entry) {
        holds(in_array($entry['mark'] ?? '', ['K', 'D', 'I', 'U'], true), "$symbol has no mark");
        same([], array_values(array_diff(array_keys($entry), $known)), $symbol);
    }
    foreach (Contract::files() as $file) {
        foreach ([...$file['events'], ...$file['switches']] as $entry) {
            holds(in_array($entry['mark'] ?? '', ['K', 'D', 'I', 'U'], true), json_encode($entry));
        }
    }
});
test('every event that the double sends has the contract\'s parameters', static function (): void {
    World::begin();
    EventManager::getInstance()->addEventHandler('sale', 'OnSaleOrderSaved', static fn () => null);
    $order = new_order();
    $order->save();
    ModuleManager::registerModule('acme.probe');
    ModuleManager::unRegisterModule('acme.probe');
    $seen = [];
    foreach (World::current()->sent as $sent) {
        same(Contract::eventKeys($sent['module'], $sent['event']), $sent['keys'], $sent['event']);
        $seen[$sent['event']] = true;
    }
    $listed = array_merge(...array_map(static fn ($file) => array_column($file['events'], 'event'), array_values(Contract::files())));
    same([], array_values(array_diff($listed, array_keys($seen))), 'events of the contract that were never sent');
});

test('the loader wants the exact or the lower case, and finds XxxTable in xxx.php', static function (): void {
    World::begin();
    same(false, class_exists('Acme\Probe\Sub\ExactCase'), 'before the module is installed');
    same(false, Loader::includeModule('acme.probe'));
    ModuleManager::registerModule('acme.probe');
    same(false, class_exists('Acme\Probe\Sub\ExactCase'), 'before the module is included');
    same(true, Loader::includeModule('Acme.Probe'));
    same(true, class_exists('Acme\Probe\Sub\ExactCase'));
    same(true, class_exists('Acme\Probe\Lower\LowerCase'));
    same(true, class_exists('Acme\Probe\Lower\RowTable'));
    same(false, class_exists('Acme\Probe\Sub\HalfCase'), 'half and half is found on Windows only');
    try {
        Loader::includeModule('../x');
        throw new Failed('an ill-formed id was taken');
    } catch (Bitrix\Main\LoaderException) {
    }
});

/** A site with the probe module, its handler registered. */
function probe(string $class = 'Acme\Probe\Sub\ExactCase', bool $oldStyle = false, array $arguments = []): void
{
    World::begin();
    ModuleManager::registerModule('acme.probe');
    Loader::includeModule('acme.probe');
    Acme\Probe\Sub\ExactCase::$calls = [];
    $register = $oldStyle ? 'registerEventHandlerCompatible' : 'registerEventHandler';
    EventManager::getInstance()->$register('sale', 'OnProbe', 'acme.probe', $class, 'onEvent', 100, '', $arguments);
}

function calls(): array
{
    return Acme\Probe\Sub\ExactCase::$calls;
}

test('a handler gets the event, an old-style handler its values, extra arguments first', static function (): void {
    probe(arguments: ['extra']);
    (new Event('SALE', 'onprobe', ['A' => 1, 'B' => 2]))->send();
    same('extra', calls()[0][0]);
    holds(calls()[0][1] instanceof Event, 'no Event');
    probe(oldStyle: true, arguments: ['extra']);
    (new Event('sale', 'OnProbe', ['A' => 1, 'B' => 2]))->send();
    same([['extra', 1, 2]], calls());
});
test('registering twice is one row; unregistering needs the same strings', static function (): void {
    probe();
    EventManager::getInstance()->registerEventHandler('sale', 'OnProbe', 'acme.probe', 'Acme\Probe\Sub\ExactCase', 'onEvent');
    (new Event('sale', 'OnProbe'))->send();
    same(1, count(calls()));
    EventManager::getInstance()->unRegisterEventHandler('sale', 'OnProbe', 'acme.probe', '\Acme\Probe\Sub\ExactCase', 'onEvent');
    same(1, count(World::current()->registrations));
    EventManager::getInstance()->unRegisterEventHandler('sale', 'OnProbe', 'acme.probe', 'Acme\Probe\Sub\ExactCase', 'onEvent');
    same([], World::current()->registrations);
});
test('a class that is not found, or a module that is not installed, is skipped without a word', static function (): void {
    probe('Acme\Probe\Sub\Missing');
    (new Event('sale', 'OnProbe'))->send();
    probe();
    ModuleManager::unRegisterModule('acme.probe');
    (new Event('sale', 'OnProbe'))->send();
    same([], calls());
    same(1, count(World::current()->registrations), 'the row outlives the module');
});
test('handlers run by sort, results that are empty are dropped, others are wrapped', static function (): void {
    World::begin();
    $manager = EventManager::getInstance();
    $manager->addEventHandler('sale', 'OnProbe', static fn () => 'second', false, 200);
    $manager->addEventHandler('sale', 'OnProbe', static fn () => new EventResult(EventResult::ERROR, 'first'), false, 50);
    foreach ([null, false, 0, '', []] as $empty) {
        $manager->addEventHandler('sale', 'OnProbe', static fn () => $empty);
    }
    $event = new Event('sale', 'OnProbe');
    $event->send();
    same([[EventResult::ERROR, 'first'], [EventResult::UNDEFINED, 'second']], array_map(
        static fn (EventResult $result) => [$result->getType(), $result->getParameters()],
        $event->getResults()
    ));
});
test('an Error and an Exception of a handler leave the kernel', static function (): void {
    foreach ([TypeError::class, RuntimeException::class] as $class) {
        World::begin();
        EventManager::getInstance()->addEventHandler('sale', 'OnSaleStatusOrderChange', static fn () => throw new $class('x'));
        try {
            new_order()->save();
            throw new Failed("$class was caught");
        } catch (TypeError | RuntimeException $trouble) {
            same($class, get_class($trouble));
        }
    }
});

test('the events of saving an order come in the declared sequence', static function (): void {
    $manager = static function (): void {
        World::begin();
        foreach (Contract::files()['sale']['events'] as $entry) {
            EventManager::getInstance()->addEventHandler('sale', $entry['event'], static fn () => null);
        }
    };
    $manager();
    new_order()->save();
    same(['OnSaleBeforeStatusOrderChange', 'OnSaleOrderBeforeSaved', 'OnSaleOrderEntitySaved', 'OnSaleOrderSaved',
        'OnSaleStatusOrderChange'], array_column(World::current()->sent, 'event'));
});
test('the row is there when its event comes, the parts only when the order is saved, the status event after all', static function (): void {
    World::begin();
    $seen = [];
    foreach (['OnSaleOrderBeforeSaved', 'OnSaleOrderEntitySaved', 'OnSaleOrderSaved', 'OnSaleStatusOrderChange'] as $name) {
        EventManager::getInstance()->addEventHandler('sale', $name, static function (Event $event) use (&$seen, $name): void {
            $order = World::current()->orders[$event->getParameter('ENTITY')->getId()] ?? null;
            $isNew = $event->getParameter('ENTITY')->isNew();
            $seen[$name] = [$order !== null, ($order['properties'] ?? []) !== [], $isNew];
        });
    }
    $order = new_order();
    $order->save();
    same([
        'OnSaleOrderBeforeSaved' => [false, false, true],
        'OnSaleOrderEntitySaved' => [true, false, true],
        'OnSaleOrderSaved' => [true, true, true],
        'OnSaleStatusOrderChange' => [true, true, true],
    ], $seen);
    same(false, $order->isNew());
});
test('without a listener OnSaleOrderSaved is not sent', static function (): void {
    World::begin();
    new_order()->save();
    holds(!in_array('OnSaleOrderSaved', array_column(World::current()->sent, 'event'), true), 'it was sent');
});
test('a new order fires the status event with an old value of null', static function (): void {
    World::begin();
    $heard = [];
    EventManager::getInstance()->addEventHandler('sale', 'OnSaleStatusOrderChange', static function ($event) use (&$heard): void {
        $heard[] = [$event->getParameter('VALUE'), $event->getParameter('OLD_VALUE'), $event->getParameter('ENTITY')->isNew()];
    });
    $order = new_order();
    $order->save();
    same([['N', null, true]], $heard);
    $order->setField('STATUS_ID', 'P');
    $order->setField('STATUS_ID', 'F');
    $order->save();
    same(['P', 'N', false], $heard[1], 'the first payload of a save wins');
    same('F', $order->getField('STATUS_ID'));
    same(2, count($heard));
});
test('a handler that stops the save stops it before the row', static function (): void {
    World::begin();
    EventManager::getInstance()->addEventHandler('sale', 'OnSaleOrderBeforeSaved', static fn () => new EventResult(EventResult::ERROR));
    same(false, new_order()->save()->isSuccess());
    same([], World::current()->orders);
});
test('saving inside the save warns and does nothing', static function (): void {
    World::begin();
    $saves = static fn (Event $event) => $event->getParameter('ENTITY')->save();
    EventManager::getInstance()->addEventHandler('sale', 'OnSaleStatusOrderChange', $saves);
    try {
        new_order()->save();
        throw new Failed('no warning');
    } catch (ErrorException $warning) {
        same('Order saving in recursion', $warning->getMessage());
    }
});
test('an order comes back from the database as it was stored', static function (): void {
    World::begin()->now = 1764000000;
    $order = new_order(['FIO' => 'Пётр'], price: '12.50');
    $order->save();
    $loaded = Order::load($order->getId());
    same(1764000000, $loaded->getField('DATE_STATUS')->getTimestamp());
    same(12.5, (float)$loaded->getPrice());
    same('Пётр', (string)$loaded->getPropertyCollection()->getPayerName()->getValue());
    same(null, Order::load(99));
});
test('every type that the contract lists for a field is given out over 50 seeds', static function (): void {
    $types = [];
    for ($seed = 0; $seed < 50; $seed++) {
        World::begin($seed);
        $order = new_order(price: '1234.5');
        $order->save();
        $price = $order->getField('PRICE');
        $types[get_debug_type($price) . (is_string($price) ? strlen($price) : '')] = true;
    }
    ksort($types);
    same(['float', 'string6', 'string9'], array_keys($types));
});

test('an option is read by site, then common, then default, and values are strings', static function (): void {
    World::begin();
    same('grey', Option::get('acme.probe', 'colour'));
    same('red', Option::get('acme.probe', 'colour', 'red'));
    Option::set('acme.probe', 'colour', 5);
    same('5', Option::get('acme.probe', 'colour', 'red'));
    Option::set('acme.probe', 'colour', 'blue', 's2');
    same('5', Option::get('acme.probe', 'colour'));
    same('blue', Option::get('acme.probe', 'colour', '', 's2'));
    Option::delete('acme.probe', ['name' => 'colour', 'site_id' => 's2']);
    same('5', Option::get('acme.probe', 'colour', '', 's2'));
    Option::delete('acme.probe');
    same('grey', Option::get('acme.probe', 'colour'));
});
test('removing a module leaves its options', static function (): void {
    World::begin();
    ModuleManager::registerModule('acme.probe');
    Option::set('acme.probe', 'colour', 'blue');
    ModuleManager::unRegisterModule('acme.probe');
    same('blue', Option::get('acme.probe', 'colour'));
});
test('a phrase is looked up by language and is null when missing', static function (): void {
    probe();
    same('Здравствуйте, Анна', Loc::getMessage('ACME_PROBE_HELLO', ['#NAME#' => 'Анна']));
    same('Hello, #NAME#', Loc::getMessage('ACME_PROBE_HELLO', null, 'en'));
    same(null, Loc::getMessage('ACME_PROBE_RU_ONLY', null, 'en'));
});
test('a date is changed by add()', static function (): void {
    World::begin()->now = 1764000000;
    $date = new DateTime();
    $copy = clone $date;
    same($date, $date->add('+1 day'));
    same(86400, $date->getTimestamp() - $copy->getTimestamp());
});
test('a switch or a field that the contract does not know is refused', static function (): void {
    foreach (
        [static fn () => World::begin(0, ['no.such' => true]), static fn () => World::begin()->is('no.such'),
        static fn () => World::begin()->live('No.such', 1)] as $wrong
    ) {
        try {
            $wrong();
            throw new Failed('taken');
        } catch (LogicException) {
        }
    }
});
