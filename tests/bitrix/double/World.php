<?php

declare(strict_types=1);

namespace Vestnik\Tests\Bitrix;

/**
 * One imagined site: what a real kernel would have in its database and in the memory of one hit. The kernel classes of
 * the double keep nothing themselves, so that a test begins a new site by World::begin().
 */
final class World
{
    private static ?self $current = null;

    /** @var array<string, string> modules on disk => version */
    public array $onDisk = ['main' => '25.550.100', 'sale' => '25.0.200', 'vestnik.sms' => ''];
    /** @var array<string, true> rows of b_module */
    public array $installed = ['main' => true, 'sale' => true];
    /** @var array<string, bool> this hit's answers of Loader::includeModule */
    public array $included = [];
    /** @var array<string, array<string, mixed>> rows of b_module_to_module by the md5 of their lower-cased tuple */
    public array $registrations = [];
    /** @var list<array<string, mixed>> handlers of this hit */
    public array $listeners = [];
    /** @var array<string, array<string, array<string, string>>> module => name => site ('' = common) => value */
    public array $options = [];
    /** @var list<array<string, mixed>> */
    public array $eventLog = [];
    /** @var array<string, array<string, mixed>> by TAG */
    public array $notifications = [];
    /** @var list<array{module: string, event: string, keys: list<string>}> every event sent */
    public array $sent = [];
    /** @var array<int, array<string, mixed>> orders by id: fields and property values */
    public array $orders = [];
    /** @var list<array<string, mixed>> rows of b_sale_order_props */
    public array $properties;
    /** @var array<int, array<string, mixed>> rows of b_user */
    public array $users = [];
    /** @var array<int, array<string, mixed>> rows of b_user_phone_auth */
    public array $phoneAuth = [];
    /** @var array<string, list<array<string, string>>> location code => path from the root, rows CODE, TYPE_CODE, LNAME */
    public array $locations = [];
    /** @var array<string, array<string, string>> language => status => name */
    public array $statusNames = [
        'ru' => ['N' => 'Принят', 'P' => 'Оплачен', 'S' => 'Передан в доставку', 'R' => 'Готов к выдаче', 'F' => 'Выполнен'],
        'en' => ['N' => 'Accepted', 'P' => 'Paid', 'S' => 'Shipped', 'R' => 'Ready for pick-up', 'F' => 'Completed'],
    ];
    public string $site = 's1';
    public string $language = 'ru';
    public string $documentRoot = '';
    /** Unix seconds; null: the real clock. */
    public ?int $now = null;
    public bool $eventLogFails = false;
    public ?object $exception = null;
    public int $lastOrderId = 0;
    private int $calls = 0;

    /** @param array<string, bool> $switches */
    private function __construct(public readonly int $seed, private readonly array $switches)
    {
        $this->properties = [
            ['ID' => 1, 'CODE' => 'FIO', 'NAME' => 'Имя', 'TYPE' => 'STRING', 'IS_PAYER' => 'Y', 'MULTIPLE' => 'N'],
            ['ID' => 2, 'CODE' => 'PHONE', 'NAME' => 'Телефон', 'TYPE' => 'STRING', 'IS_PHONE' => 'Y', 'MULTIPLE' => 'N'],
            ['ID' => 3, 'CODE' => 'LOCATION', 'NAME' => 'Город', 'TYPE' => 'LOCATION', 'IS_LOCATION' => 'Y', 'MULTIPLE' => 'N'],
        ];
    }

    /**
     * A fresh site. The module's files are served from $modulePath.
     *
     * @param array<string, bool> $switches switch id => value; the others have the contract's default
     */
    public static function begin(int $seed = 0, array $switches = []): self
    {
        foreach (array_diff_key($switches, Contract::switches()) as $id => $_) {
            throw new \LogicException("no such switch in the contract: $id");
        }
        $world = new self($seed, $switches + Contract::switches());
        $world->documentRoot = self::$current->documentRoot ?? '';
        return self::$current = $world;
    }

    public static function current(): self
    {
        return self::$current ?? self::begin();
    }

    public function now(): int
    {
        return $this->now ?? time();
    }

    public function is(string $switch): bool
    {
        return $this->switches[$switch] ?? throw new \LogicException("no such switch in the contract: $switch");
    }

    /**
     * A value as a live site may hand it out: the contract lists the field's types, the seed picks one, anew at every call.
     */
    public function live(string $field, mixed $value): mixed
    {
        $types = Contract::live($field);
        $type = $types[crc32($this->seed . ':' . $field . ':' . $this->calls++) % count($types)];
        if ($value === null || $value === '') {
            return in_array('null', $types, true) ? ($type === 'null' ? null : '') : $value;
        }
        return match ($type) {
            'int' => is_numeric($value) && (string)(int)$value === (string)$value ? (int)$value : (string)$value,
            'float' => (float)$value,
            'decimal' => number_format((float)$value, 4, '.', ''),
            'string', 'null' => (string)$value,
            'datetime' => $value,
        };
    }
}
