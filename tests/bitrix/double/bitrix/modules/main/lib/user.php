<?php

namespace Bitrix\Main;

use Vestnik\Tests\Bitrix\World;

class UserTable
{
    public static function getRow(array $parameters)
    {
        $row = World::current()->users[(int)($parameters['filter']['=ID'] ?? 0)] ?? null;
        if ($row === null) {
            return null;
        }
        $selected = [];
        foreach ($parameters['select'] ?? array_keys($row) as $column) {
            $selected[$column] = World::current()->live("User.$column", $row[$column] ?? null);
        }
        return $selected;
    }
}
