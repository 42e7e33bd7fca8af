<?php

namespace Bitrix\Main;

use Vestnik\Tests\Bitrix\World;

class UserPhoneAuthTable
{
    public static function getRow(array $parameters)
    {
        $row = World::current()->phoneAuth[(int)($parameters['filter']['=USER_ID'] ?? 0)] ?? null;
        return $row === null
            ? null
            : ['PHONE_NUMBER' => World::current()->live('UserPhoneAuth.PHONE_NUMBER', $row['PHONE_NUMBER'])];
    }
}
