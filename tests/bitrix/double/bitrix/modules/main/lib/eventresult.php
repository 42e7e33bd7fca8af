<?php

namespace Bitrix\Main;

class EventResult
{
    public const UNDEFINED = 0;
    public const SUCCESS = 1;
    public const ERROR = 2;

    private $type;
    private $parameters;
    private $moduleId;

    public function __construct($type, $parameters = null, $moduleId = null, $handler = null)
    {
        $this->type = $type;
        $this->parameters = $parameters;
        $this->moduleId = $moduleId;
    }

    public function getType()
    {
        return $this->type;
    }

    public function getParameters()
    {
        return $this->parameters;
    }

    public function getModuleId()
    {
        return $this->moduleId;
    }
}
