<?php

use Bitrix\Main\Loader;
use Bitrix\Main\ModuleManager;

class CModule
{
    public $MODULE_NAME;
    public $MODULE_DESCRIPTION;
    public $MODULE_VERSION;
    public $MODULE_VERSION_DATE;
    public $MODULE_ID;
    public $MODULE_SORT = 10000;
    public $SHOW_SUPER_ADMIN_GROUP_RIGHTS;
    public $MODULE_GROUP_RIGHTS;
    public $PARTNER_NAME;
    public $PARTNER_URI;

    public function InstallDB()
    {
    }

    public function UnInstallDB()
    {
    }

    public function InstallEvents()
    {
    }

    public function UnInstallEvents()
    {
    }

    public function InstallFiles()
    {
    }

    public function UnInstallFiles()
    {
    }

    public function DoInstall()
    {
    }

    public function DoUninstall()
    {
    }

    public function GetModuleTasks()
    {
    }

    public function IsInstalled()
    {
        return ModuleManager::isModuleInstalled($this->MODULE_ID);
    }

    public static function IncludeModule($module_name)
    {
        return Loader::includeModule($module_name);
    }

    public static function CreateModuleObject($moduleId)
    {
        $file = Loader::getLocal("modules/$moduleId/install/index.php");
        if ($file === false) {
            return false;
        }
        include_once $file;
        $class = str_replace('.', '_', $moduleId);
        return class_exists($class) ? new $class() : false;
    }
}
