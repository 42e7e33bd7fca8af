<?php

use Vestnik\Tests\Bitrix\World;

class CAdminNotify
{
    public const TYPE_NORMAL = 'M';
    public const TYPE_ERROR = 'E';

    public static function Add($arFields)
    {
        World::current()->notifications[$arFields['TAG'] ?? ''] = $arFields;
        return count(World::current()->notifications);
    }

    public static function DeleteByModule($moduleId)
    {
        $kept = array_filter(
            World::current()->notifications,
            static fn ($row) => ($row['MODULE_ID'] ?? '') !== $moduleId
        );
        World::current()->notifications = $kept;
    }
}
