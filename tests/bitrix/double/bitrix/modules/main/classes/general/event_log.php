<?php

use Vestnik\Tests\Bitrix\World;

class CEventLog
{
    public static function Log($SEVERITY, $AUDIT_TYPE_ID, $MODULE_ID, $ITEM_ID, $DESCRIPTION = false, $SITE_ID = false)
    {
        if (World::current()->eventLogFails) {
            throw new \RuntimeException('the database has gone away');
        }
        World::current()->eventLog[] = ['SEVERITY' => $SEVERITY, 'AUDIT_TYPE_ID' => $AUDIT_TYPE_ID,
            'MODULE_ID' => $MODULE_ID, 'ITEM_ID' => $ITEM_ID, 'DESCRIPTION' => $DESCRIPTION, 'SITE_ID' => $SITE_ID];
        return count(World::current()->eventLog);
    }
}
