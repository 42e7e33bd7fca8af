<?php

/**
 * What a page has after the kernel's prolog. The double's kernel files do without strict_types, as the kernel does: a call
 * from them into the module is made in weak mode.
 */

require_once __DIR__ . '/lib/loader.php';

\Bitrix\Main\Loader::registerNamespace('Bitrix\Main', __DIR__ . '/lib');

foreach (['module', 'main', 'event_log', 'admin_notify'] as $vestnikDoubleFile) {
    require_once __DIR__ . "/classes/general/$vestnikDoubleFile.php";
}
unset($vestnikDoubleFile);

$GLOBALS['APPLICATION'] = new CMain();
