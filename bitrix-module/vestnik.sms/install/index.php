<?php

declare(strict_types=1);

use Bitrix\Main\Config\Option;
use Bitrix\Main\EventManager;
use Bitrix\Main\Localization\Loc;
use Bitrix\Main\ModuleManager;
use Vestnik\Sms\Install\Requirements;

Loc::loadMessages(__FILE__);

/** The kernel makes one for every module on disk whenever it shows its list: the constructor touches nothing. */
class vestnik_sms extends CModule
{
    public $MODULE_ID = 'vestnik.sms';
    public $MODULE_GROUP_RIGHTS = 'N';

    /** From module, event, class, method. The strings of unregistering must equal those of registering. */
    private const HANDLERS = [
        ['sale', 'OnSaleStatusOrderChange', 'Vestnik\Sms\Kernel\OrderStatusHandler', 'onStatusChange'],
    ];

    public function __construct()
    {
        $arModuleVersion = [];
        include __DIR__ . '/version.php';
        $this->MODULE_VERSION = $arModuleVersion['VERSION'];
        $this->MODULE_VERSION_DATE = $arModuleVersion['VERSION_DATE'];
        $this->MODULE_NAME = Loc::getMessage('VESTNIK_SMS_MODULE_NAME');
        $this->MODULE_DESCRIPTION = Loc::getMessage('VESTNIK_SMS_MODULE_DESCRIPTION');
        $this->PARTNER_NAME = 'Vestnik';
        $this->PARTNER_URI = 'https://vestnik.example';
    }

    public function DoInstall()
    {
        if (!$this->checkRequirements()) {
            return false;
        }
        ModuleManager::registerModule($this->MODULE_ID);
        $this->InstallEvents();
        if (!ModuleManager::isModuleInstalled('sale')) {
            CAdminNotify::Add([
                'MODULE_ID' => $this->MODULE_ID,
                'TAG' => 'vestnik_sms_no_sale',
                'MESSAGE' => Loc::getMessage('VESTNIK_SMS_NO_SALE'),
                'NOTIFY_TYPE' => CAdminNotify::TYPE_NORMAL,
                'ENABLE_CLOSE' => 'Y',
            ]);
        }
        return true;
    }

    /** The store of messages and consents is proof that the law asks for: uninstalling never touches it. */
    public function DoUninstall()
    {
        $this->UnInstallEvents();
        Option::delete($this->MODULE_ID);
        CAdminNotify::DeleteByModule($this->MODULE_ID);
        ModuleManager::unRegisterModule($this->MODULE_ID);
        return true;
    }

    public function InstallEvents()
    {
        foreach (self::HANDLERS as [$fromModule, $event, $class, $method]) {
            EventManager::getInstance()->registerEventHandler($fromModule, $event, $this->MODULE_ID, $class, $method);
        }
    }

    public function UnInstallEvents()
    {
        foreach (self::HANDLERS as [$fromModule, $event, $class, $method]) {
            EventManager::getInstance()->unRegisterEventHandler($fromModule, $event, $this->MODULE_ID, $class, $method);
        }
    }

    private function checkRequirements(): bool
    {
        // the loader does not know a module's classes before it is registered
        require_once __DIR__ . '/../lib/Install/Requirements.php';
        $problems = Requirements::problems(
            PHP_VERSION,
            phpversion('vestnik') ?: null,
            (string)ModuleManager::getVersion('main'),
            (string)$this->MODULE_VERSION,
            PHP_SAPI . ', ' . (php_ini_loaded_file() ?: 'php.ini: —')
        );
        if ($problems === []) {
            return true;
        }
        $lines = [];
        foreach ($problems as [$code, $replace]) {
            $lines[] = Loc::getMessage($code, $replace);
        }
        $GLOBALS['APPLICATION']->ThrowException(implode('<br>', $lines));
        return false;
    }
}
